package org.brkmap.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.ExerciseKind;

/** Where a student stands in a lab: points, a bar, and the step to take next. Empty where a lab gives no points. */
record Standing(List<String> lines) {
    private static final int BAR = 20;

    static Standing of(List<CheckOutcome> outcomes) {
        List<CheckOutcome> exercises =
                outcomes.stream().filter(outcome -> outcome.exercise() != null).toList();
        int max = exercises.stream().mapToInt(CheckOutcome::points).sum();
        if (max == 0) {
            return new Standing(List.of());
        }
        int earned = exercises.stream().mapToInt(CheckOutcome::earned).sum();
        List<String> lines = new ArrayList<>();
        int full = earned * BAR / max;
        lines.add("Score: " + earned + " of " + max + " points  [" + "#".repeat(full) + ".".repeat(BAR - full)
                + "]  core "
                + part(exercises, false, false) + ", extra " + part(exercises, true, false) + ", observed "
                + part(exercises, false, true));
        next(exercises).ifPresent(next -> lines.add("Next: " + step(next)));
        return new Standing(lines);
    }

    /** The first that is wrong, else the first that is not started, the core before the extra. */
    private static Optional<CheckOutcome> next(List<CheckOutcome> exercises) {
        return first(exercises, CheckStatus.FAILED, false)
                .or(() -> first(exercises, CheckStatus.SKIPPED, false))
                .or(() -> first(exercises, CheckStatus.FAILED, true))
                .or(() -> first(exercises, CheckStatus.SKIPPED, true));
    }

    private static Optional<CheckOutcome> first(List<CheckOutcome> exercises, CheckStatus status, boolean extra) {
        return exercises.stream()
                .filter(outcome -> outcome.status() == status && isExtra(outcome) == extra)
                .findFirst();
    }

    private static String step(CheckOutcome outcome) {
        String finding = outcome.finding();
        if (outcome.status() == CheckStatus.SKIPPED && finding != null) {
            return finding.lines().findFirst().orElse("");
        }
        String file = outcome.file();
        return "mend \"" + outcome.id() + "\" (" + outcome.title() + ")"
                + (file == null ? "" : " in " + file + (outcome.line() == null ? "" : ":" + outcome.line()));
    }

    private static String part(List<CheckOutcome> exercises, boolean extra, boolean observed) {
        List<CheckOutcome> part = exercises.stream()
                .filter(outcome -> isObserved(outcome) == observed && (observed || isExtra(outcome) == extra))
                .toList();
        return part.stream().mapToInt(CheckOutcome::earned).sum() + " of "
                + part.stream().mapToInt(CheckOutcome::points).sum();
    }

    private static boolean isExtra(CheckOutcome outcome) {
        return outcome.exercise() != null && outcome.exercise().extra();
    }

    private static boolean isObserved(CheckOutcome outcome) {
        return outcome.exercise() != null && outcome.exercise().kind() == ExerciseKind.OBSERVE;
    }
}
