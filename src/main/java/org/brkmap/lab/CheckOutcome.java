package org.brkmap.lab;

import java.util.List;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.ExerciseResult;
import org.jspecify.annotations.Nullable;

/**
 * How one check came out, as the console and the report tell it. Immutable.
 *
 * @param group the title of its class
 * @param groupOrder the class's place among the lab's
 * @param order the check's place in its class
 * @param finding what was found, or why it was not checked, in a few words; null if there is nothing to say
 * @param failure the failure in full, a line each; empty unless it failed
 * @param expected what should have been seen, or null
 * @param actual what was seen, or null
 * @param next what to do next, or null
 * @param runs names of the runs it looked at
 * @param file source file to look at, or null
 * @param line line in it, or null
 * @param points what it can earn
 * @param earned what it has earned
 * @param withheld whether what it saw would give an answer away
 * @param isNews whether it was not solved before
 * @param exercise what it has as an exercise, or null if it is none
 */
record CheckOutcome(
        String group,
        int groupOrder,
        int order,
        String id,
        String title,
        CheckStatus status,
        @Nullable String finding,
        List<String> failure,
        @Nullable String expected,
        @Nullable String actual,
        @Nullable String next,
        List<String> runs,
        @Nullable String file,
        @Nullable Integer line,
        int points,
        int earned,
        boolean withheld,
        boolean isNews,
        @Nullable ExerciseResult exercise) {

    CheckOutcome {
        failure = List.copyOf(failure);
        runs = List.copyOf(runs);
    }

    /**
     * As the evidence keeps it.
     *
     * @param runNames the names of the document's runs, in its order
     */
    CheckResult result(List<String> runNames) {
        int run = runs.isEmpty() ? -1 : runNames.indexOf(runs.get(0));
        return new CheckResult(
                id,
                title,
                points,
                earned,
                status,
                expected,
                status == CheckStatus.FAILED ? actual : finding,
                next,
                run < 0 ? null : run,
                file,
                line,
                exercise);
    }

    /** Whether its runs and facts would tell what the student is to find. */
    boolean isSecret() {
        boolean unsolved = exercise != null && exercise.kind().hidesWhatItMeasures() && status != CheckStatus.PASSED;
        return withheld || unsolved;
    }
}
