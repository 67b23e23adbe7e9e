package org.brkmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.grade.Basis;
import org.brkmap.grade.GradedCheck;
import org.brkmap.grade.Grading;
import org.brkmap.grade.Result;
import org.brkmap.grade.ResultFiles;
import org.brkmap.grade.Submission;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rule of course.properties, by the command that applies it to results. */
class GradeRulesTest {
    @TempDir
    private Path folder;

    private final Shell shell = new Shell();
    private Path out;

    @BeforeEach
    void aClassOfThree() throws IOException {
        out = folder.resolve("graded");
        Files.writeString(Files.createDirectories(out).resolve("roster.csv"), "id\nada\nbob\ncy\n");
        write("ada", "lab2", "a.html", "2026-11-20T11:00:00Z", 10, 20);
        write("bob", "lab2", "b.html", "2026-11-22T11:00:00Z", 10, 10);
    }

    private void write(String student, String lab, String file, String submitted, int one, int two) throws IOException {
        ResultFiles.in(out)
                .write(new Result(
                        student,
                        new Submission(file, "ab".repeat(32), Instant.parse(submitted)),
                        lab,
                        "0123456789ab",
                        "0.1.0",
                        Grading.TIER_A,
                        List.of(check("one", 10, one), check("two", 20, two)),
                        List.of(),
                        null,
                        List.of(),
                        List.of(),
                        List.of(),
                        null));
    }

    private static GradedCheck check(String id, int points, int earned) {
        return new GradedCheck(
                id,
                "Do " + id,
                ExerciseKind.MODIFY,
                false,
                false,
                points,
                earned,
                earned == points ? CheckStatus.PASSED : CheckStatus.FAILED,
                Basis.RERUN,
                null,
                earned == points ? null : "0x7f0012345000 is in the heap",
                List.of(),
                earned == points ? "heap 132 KiB" : "heap 1 MiB");
    }

    /** The rows of the gradebook after these rules. */
    private List<String> rows(String... rules) throws IOException {
        Path course = Files.writeString(folder.resolve("course.properties"), String.join("\n", rules) + "\n");
        assertThat(shell.run("grade", "merge", out, "--course", course))
                .as(shell.err())
                .isZero();
        return Files.readAllLines(out.resolve("gradebook.csv"));
    }

    private static String row(List<String> rows, String student, String lab) {
        return rows.stream()
                .filter(row -> row.startsWith(student + ",") && row.contains("," + lab + ","))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_lab_is_scaled_and_its_exercises_are_worth_what_the_course_says() throws IOException {
        List<String> rows = rows("lab2.max = 60", "lab2.points.one = 40");
        assertThat(row(rows, "ada", "lab2")).startsWith("ada,,lab2,60,60,");
        assertThat(row(rows, "bob", "lab2")).startsWith("bob,,lab2,50,60,");
        assertThat(row(rows, "cy", "lab2")).startsWith("cy,,lab2,0,60,").contains("nothing handed in");
    }

    @Test
    void a_part_counts_or_not() throws IOException {
        assertThat(row(rows("lab2.partial = yes"), "bob", "lab2")).startsWith("bob,,lab2,20,30,");
        assertThat(row(rows("lab2.partial = no"), "bob", "lab2")).startsWith("bob,,lab2,10,30,");
    }

    @Test
    void lateness_costs_what_the_policy_says_and_an_extension_takes_it_away() throws IOException {
        String deadline = "lab2.deadline = 2026-11-20T12:00:00Z";
        assertThat(row(rows(deadline), "bob", "lab2"))
                .startsWith("bob,,lab2,20,30,")
                .contains("late: 47 hours after the deadline");
        assertThat(row(rows(deadline, "late.per-day = 10"), "bob", "lab2")).startsWith("bob,,lab2,16,30,");
        assertThat(row(rows(deadline, "late.per-day = 10", "late.grace = 24 hours"), "bob", "lab2"))
                .startsWith("bob,,lab2,18,30,");
        assertThat(row(rows(deadline, "late.per-day = 80", "late.most = 50"), "bob", "lab2"))
                .startsWith("bob,,lab2,10,30,");
        assertThat(row(rows(deadline, "late.accept = 1 day"), "bob", "lab2")).startsWith("bob,,lab2,0,30,");
        assertThat(row(
                        rows(deadline, "late.accept = 1 day", "lab2.extension.bob = 2026-11-23T00:00:00Z; ill"),
                        "bob",
                        "lab2"))
                .startsWith("bob,,lab2,20,30,")
                .doesNotContain("late:");
    }

    @Test
    void points_given_by_hand_keep_their_reason_when_the_class_is_graded_again() throws IOException {
        List<String> rows =
                rows("lab2.override.cy = 12.5; oral examination", "lab2.override.bob/two = 15; read by hand");
        assertThat(row(rows, "cy", "lab2")).startsWith("cy,,lab2,12.5,30,").contains("oral examination");
        assertThat(row(rows, "bob", "lab2")).startsWith("bob,,lab2,25,30,").contains("read by hand");

        write("cy", "lab2", "c.html", "2026-11-20T11:00:00Z", 10, 0);
        write("bob", "lab2", "b2.html", "2026-11-23T11:00:00Z", 0, 0);
        assertThat(shell.run("grade", "merge", out)).isZero();

        rows = Files.readAllLines(out.resolve("gradebook.csv"));
        assertThat(row(rows, "cy", "lab2")).startsWith("cy,,lab2,12.5,30,").contains("it was 10", "oral examination");
        assertThat(row(rows, "bob", "lab2")).startsWith("bob,,lab2,15,30,").contains("it was 0", "read by hand");
    }

    @Test
    void one_of_several_submissions_counts() throws IOException {
        write("ada", "lab2", "a2.html", "2026-11-21T11:00:00Z", 0, 0);
        assertThat(row(rows("attempts = latest"), "ada", "lab2"))
                .startsWith("ada,,lab2,0,30,")
                .contains("an earlier submission");
        assertThat(row(rows("attempts = best"), "ada", "lab2")).startsWith("ada,,lab2,30,30,");
        assertThat(row(rows("attempts = first"), "ada", "lab2")).startsWith("ada,,lab2,30,30,");
    }

    @Test
    void weights_make_the_total_of_several_labs() throws IOException {
        write("ada", "lab3", "a3.html", "2026-11-20T11:00:00Z", 0, 0);
        rows("lab2.weight = 3");
        assertThat(Files.readString(out.resolve("gradebook.html"))).contains(">75<");
        rows("lab3.weight = 3");
        assertThat(Files.readString(out.resolve("gradebook.html"))).contains(">25<");
    }

    @Test
    void results_of_other_checks_than_the_course_names_are_flagged() throws IOException {
        assertThat(row(rows("lab2.version = 0123456789ab"), "ada", "lab2")).doesNotContain("another version");
        assertThat(row(rows("lab2.version = ba9876543210"), "ada", "lab2")).contains("another version: ");
    }

    @Test
    void what_most_got_wrong_is_a_page_without_addresses_or_names() throws IOException {
        rows("course = Systems");
        String page = Files.readString(out.resolve("misconceptions.html"));
        assertThat(page)
                .contains("Systems: what most got wrong", "1 of 2 who tried failed (50 %)", "ADDRESS is in the heap")
                .contains("How memory went in programs that failed", "heap 1 MiB", "heap 132 KiB")
                .doesNotContain("0x7f0012345000", "bob");
    }

    @Test
    void rules_that_are_not_understood_are_named_by_line_and_nothing_is_written() throws IOException {
        Path course = Files.writeString(
                folder.resolve("course.properties"),
                "late.per-day = much\nlab2.deadline = tomorrow\nlab2.override.ada = 3\nlab2.colour = red\n");
        assertThat(shell.run("grade", "merge", out, "--course", course)).isEqualTo(1);
        assertThat(shell.err())
                .contains("course.properties:1: late.per-day", "course.properties:2: lab2.deadline")
                .contains("course.properties:3: lab2.override.ada: has no reason", "course.properties:4: lab2.colour");
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("roster.csv", "results");
        }
    }
}
