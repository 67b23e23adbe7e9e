package org.brkmap.grade;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.brkmap.report.ReportFiles;
import org.jspecify.annotations.Nullable;

/**
 * An output folder: results, the roster and rules they are folded with, and what is made of them. Made anew from the results, it is
 * the same bytes.
 */
public final class GradebookFiles {
    private static final String ROSTER = "roster.csv";
    private static final String COURSE = "course.properties";

    private final Path out;

    private GradebookFiles(Path out) {
        this.out = out;
    }

    /** The output in this folder. */
    public static GradebookFiles in(Path out) {
        return new GradebookFiles(out);
    }

    /** Keeps the roster and the rules beside the results, so that a later merge takes the same. */
    public void keep(Path roster, @Nullable Path course) throws IOException {
        copy(roster, out.resolve(ROSTER));
        if (course != null) {
            copy(course, out.resolve(COURSE));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        if (Files.exists(to) && Files.isSameFile(from, to)) {
            return;
        }
        ReportFiles.write(to, new String(Files.readAllBytes(from), StandardCharsets.UTF_8));
    }

    /** The roster that was kept. */
    public Roster roster() throws IOException {
        Path file = out.resolve(ROSTER);
        if (!Files.exists(file)) {
            throw new GradeException(out + " holds no " + ROSTER + "; name one: --roster FILE");
        }
        return Roster.read(file);
    }

    /** The rules that were kept; none if there are none. */
    public Course course() throws IOException {
        Path file = out.resolve(COURSE);
        return Files.exists(file) ? Course.read(file) : Course.NONE;
    }

    /** The file of the rules that were kept; null if there is none. */
    public @Nullable Path rules() {
        Path file = out.resolve(COURSE);
        return Files.exists(file) ? file : null;
    }

    /** The gradebook of the results in this folder. */
    public Gradebook fold() throws IOException {
        return Gradebook.fold(ResultFiles.in(out).readAll(), roster(), course());
    }

    /**
     * Writes all pages and tables of a gradebook. Feedback pages of students who are no longer in it are taken away.
     *
     * @return the page to open
     */
    public Path write(Gradebook book) throws IOException {
        ReportFiles.write(out.resolve("gradebook.csv"), GradebookCsv.of(book));
        ReportFiles.write(out.resolve("summary.md"), Summary.of(book));
        Path feedback = out.resolve("feedback");
        Files.createDirectories(feedback);
        Set<String> written = new LinkedHashSet<>();
        for (Gradebook.Row row : book.rows()) {
            String name = FeedbackPage.file(row.student());
            Path page = feedback.resolve(name);
            String text = FeedbackPage.render(book, row);
            // Two thousand pages that are as they were need not be written and synced again.
            if (!Files.exists(page) || !Files.readString(page).equals(text)) {
                Path temporary = Files.createTempFile(feedback, ".", ".tmp");
                Files.writeString(temporary, text);
                Files.move(temporary, page, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            }
            written.add(name);
        }
        try (Stream<Path> files = Files.list(feedback)) {
            List<Path> old = files.filter(
                            file -> !written.contains(file.getFileName().toString()))
                    .toList();
            for (Path file : old) {
                Files.delete(file);
            }
        }
        ReportFiles.write(out.resolve(MisconceptionsPage.FILE), MisconceptionsPage.render(book));
        Map<String, Duration> times = RunTimes.in(out).read();
        if (!times.isEmpty()) {
            ReportFiles.write(out.resolve(SlowestPage.FILE), SlowestPage.render(book, ResultFiles.in(out), times));
        }
        Path page = out.resolve("gradebook.html");
        ReportFiles.write(page, GradebookPage.render(book));
        return page;
    }
}
