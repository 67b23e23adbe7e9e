package org.brkmap.lab;

import java.util.List;
import java.util.Optional;
import org.brkmap.evidence.CheckStatus;

/** The check that a lab makes of answers.properties as a whole: that nothing in it is lost on the reader. */
final class Worksheet {
    static final String ID = "worksheet";

    private Worksheet() {}

    /**
     * A failed check if the sheet holds lines that are not understood; empty if it holds none, or an exercise has told of each.
     *
     * @param outcomes of the checks that were made
     */
    static Optional<CheckOutcome> judge(String lab, AnswerSheet sheet, List<CheckOutcome> outcomes) {
        List<AnswerSheet.Problem> untold = sheet.problems().stream()
                .filter(problem ->
                        outcomes.stream().noneMatch(outcome -> outcome.failure().contains(problem.describe())))
                .toList();
        if (untold.isEmpty()) {
            return Optional.empty();
        }
        List<String> lines = untold.stream().map(AnswerSheet.Problem::describe).toList();
        int line = untold.get(0).line();
        return Optional.of(new CheckOutcome(
                "Your worksheet",
                Integer.MIN_VALUE,
                0,
                ID,
                "Every line of " + sheet.file() + " is understood",
                CheckStatus.FAILED,
                null,
                lines,
                null,
                String.join("\n", lines),
                "mend " + (lines.size() == 1 ? "that line" : "those lines")
                        + "; it costs no points. The starter's sheet is" + " labs/" + lab
                        + "/starter/answers.properties",
                List.of(),
                sheet.file(),
                line == 0 ? null : line,
                0,
                0,
                false,
                true,
                null));
    }
}
