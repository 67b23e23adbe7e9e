package org.brkmap.grade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.brkmap.evidence.CheckStatus;

/** The pages that are made of a class's results. */
public final class GradePages {
    private GradePages() {}

    /** What the instructor reads. */
    public static String gradebook() throws IOException {
        return GradebookPage.render(book());
    }

    /** What one student reads. */
    public static String feedback() throws IOException {
        Gradebook book = book();
        return FeedbackPage.render(book, book.rows().get(0));
    }

    private static Gradebook book() throws IOException {
        Path roster = Files.createTempFile("brkmap-roster", ".csv");
        try {
            Files.writeString(roster, "id\nada\nbob\ncy\n");
            return Gradebook.fold(
                    List.of(
                            Results.of(
                                    "ada",
                                    Results.check("one", 10, 10, CheckStatus.PASSED),
                                    Results.check("two", 20, 5, CheckStatus.FAILED)),
                            Results.of(
                                    "bob",
                                    Results.check("<b>one</b>", 10, 0, CheckStatus.SKIPPED),
                                    Results.check("two", 20, 0, CheckStatus.NOT_CHECKED))),
                    Roster.read(roster),
                    Course.NONE);
        } finally {
            Files.deleteIfExists(roster);
        }
    }
}
