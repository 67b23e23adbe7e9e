package org.brkmap.export;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.grade.Gradebook.Worth;
import org.brkmap.report.Visible;

/** What a student is told beside the grade: a line for each exercise, with what was expected and seen; no other student is named. */
final class Feedback {
    private static final int LONGEST = 400;

    private Feedback() {}

    /** As lines; what came from a submission is made visible, and bounded. */
    static List<String> lines(Grade grade) {
        List<String> lines = new ArrayList<>();
        lines.add(grade.entry().earned().toPlainString() + " of "
                + grade.entry().max().toPlainString() + " points in " + grade.lab()
                + (grade.grading().isEmpty() ? "" : " (" + grade.grading() + ")"));
        grade.entry().flags().stream()
                .filter(flag -> flag.kind().isForTheStudent())
                .forEach(flag -> lines.add(Visible.line(flag.kind().title() + ": " + flag.reason(), LONGEST)));
        for (Worth worth : grade.entry().checks()) {
            boolean counts = worth.max().signum() > 0;
            if (counts || worth.check().status() == CheckStatus.FAILED) {
                String message = Grade.message(worth, true);
                lines.add(Visible.line(
                        worth.check().title() + ": "
                                + (counts ? points(worth.earned()) + " of " + points(worth.max()) + ", " : "")
                                + (message == null ? "passed" : message.replaceAll("\\s*\n\\s*", "; ")),
                        LONGEST));
            }
        }
        return lines;
    }

    /** As HTML, which is what Moodle takes a feedback for. */
    static String html(Grade grade) {
        StringBuilder html = new StringBuilder();
        for (String line : lines(grade)) {
            html.append(html.isEmpty() ? "" : "<br>")
                    .append(line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
        }
        return html.toString();
    }

    private static String points(BigDecimal points) {
        return Grade.plain(points).toPlainString();
    }
}
