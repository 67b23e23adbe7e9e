package org.brkmap.grade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.brkmap.evidence.CheckStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GradebookTest {
    @TempDir
    private Path folder;

    private Roster roster(String... ids) throws IOException {
        return Roster.read(Files.writeString(folder.resolve("roster.csv"), "id\n" + String.join("\n", ids) + "\n"));
    }

    private Course course(String... lines) throws IOException {
        return Course.read(Files.writeString(folder.resolve("course.properties"), String.join("\n", lines)));
    }

    private static Result result(String student, String file, String submitted, int one, int two) {
        Result result = Results.of(
                student,
                Results.check("one", 10, one, one == 10 ? CheckStatus.PASSED : CheckStatus.FAILED),
                Results.check("two", 20, two, two == 20 ? CheckStatus.PASSED : CheckStatus.FAILED));
        return new Result(
                student,
                new Submission(
                        file,
                        Hash.sha256(file.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                        Instant.parse(submitted)),
                result.lab(),
                result.labVersion(),
                result.harness(),
                result.grading(),
                result.checks(),
                result.flags(),
                null,
                List.of(),
                List.of(),
                List.of(),
                null);
    }

    private static Gradebook.Entry entry(Gradebook book, String student) {
        return book.rows().stream()
                .filter(row -> row.student().id().equals(student))
                .map(row -> row.entries().get("lab2"))
                .findFirst()
                .orElseThrow();
    }

    private static String points(Gradebook book, String student) {
        return entry(book, student).earned().toPlainString() + " of "
                + entry(book, student).max().toPlainString();
    }

    @Test
    void the_rules_of_the_course_make_points_of_results() throws IOException {
        Course course = course(
                "late.grace = 10 minutes",
                "late.per-day = 10",
                "lab2.deadline = 2026-11-20T12:00:00Z",
                "lab2.max = 60",
                "lab2.points.one = 40",
                "lab2.extension.cy = 2026-11-22T12:00:00Z; ill",
                "lab2.override.di/two = 15; the machine was down",
                "lab2.override.ed = 42; oral",
                "lab2.override.fay = 5; handed in on paper");
        Gradebook book = Gradebook.fold(
                List.of(
                        result("ada", "a.html", "2026-11-20T12:05:00Z", 10, 20),
                        result("bob", "b.html", "2026-11-21T12:05:00Z", 10, 10),
                        result("cy", "c.html", "2026-11-21T12:05:00Z", 10, 20),
                        result("di", "d.html", "2026-11-20T11:00:00Z", 5, 0),
                        result("ed", "e.html", "2026-11-20T11:00:00Z", 0, 0)),
                roster("ada", "bob", "cy", "di", "ed", "fay", "gil"),
                course);
        assertThat(points(book, "ada")).isEqualTo("60 of 60");
        assertThat(points(book, "bob")).isEqualTo("45 of 60");
        assertThat(points(book, "cy")).isEqualTo("60 of 60");
        assertThat(points(book, "di")).isEqualTo("35 of 60");
        assertThat(points(book, "ed")).isEqualTo("42 of 60");
        assertThat(points(book, "fay")).isEqualTo("5 of 60");
        assertThat(points(book, "gil")).isEqualTo("0 of 60");
        assertThat(entry(book, "bob").flags()).extracting(Flag::kind).containsExactly(FlagKind.LATE);
        assertThat(entry(book, "di").flags().get(0).reason()).contains("the machine was down");
    }

    @Test
    void a_part_counts_unless_the_course_says_no() throws IOException {
        List<Result> results = List.of(result("ada", "a.html", "2026-11-20T12:05:00Z", 5, 20));
        assertThat(points(Gradebook.fold(results, roster("ada"), Course.NONE), "ada"))
                .isEqualTo("25 of 30");
        assertThat(points(Gradebook.fold(results, roster("ada"), course("lab2.partial = no")), "ada"))
                .isEqualTo("20 of 30");
    }

    @Test
    void one_of_several_submissions_counts_by_the_rule() throws IOException {
        List<Result> results = List.of(
                result("ada", "1.html", "2026-11-20T10:00:00Z", 5, 0),
                result("ada", "2.html", "2026-11-20T11:00:00Z", 10, 20),
                result("ada", "3.html", "2026-11-20T12:00:00Z", 10, 0));
        assertThat(points(Gradebook.fold(results, roster("ada"), Course.NONE), "ada"))
                .isEqualTo("10 of 30");
        assertThat(points(Gradebook.fold(results, roster("ada"), course("attempts = best")), "ada"))
                .isEqualTo("30 of 30");
        assertThat(points(Gradebook.fold(results, roster("ada"), course("attempts = first")), "ada"))
                .isEqualTo("5 of 30");
    }

    @Test
    void weights_make_the_total() throws IOException {
        Result other = Results.of("ada", Results.check("x", 10, 0, CheckStatus.FAILED));
        Result lab3 = new Result(
                "ada",
                other.submission(),
                "lab3",
                "v",
                "h",
                Grading.CLAIM,
                other.checks(),
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(),
                null);
        Gradebook book = Gradebook.fold(
                List.of(lab3, result("ada", "2.html", "2026-11-20T11:00:00Z", 10, 20)),
                roster("ada"),
                course("lab2.weight = 3"));
        assertThat(book.rows().get(0).total()).isEqualByComparingTo("75");
    }

    @Test
    void the_order_of_results_changes_nothing() throws IOException {
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            results.add(result("s" + i % 12, i + ".html", "2026-11-20T11:00:00Z", i % 11, i % 21));
        }
        Roster roster = roster("s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9");
        String page = GradebookPage.render(Gradebook.fold(results, roster, Course.NONE));
        for (int seed = 0; seed < 5; seed++) {
            Collections.shuffle(results, new Random(seed));
            assertThat(GradebookPage.render(Gradebook.fold(results, roster, Course.NONE)))
                    .isEqualTo(page);
        }
    }

    @Test
    void equal_random_addresses_are_a_hint_with_both_names_and_take_no_points() throws IOException {
        AddressBases one = new AddressBases("r", 0x5600_0000_1000L, 0x7f00_0000_1000L, 0x7ffc_0000_1000L);
        AddressBases sameProgram = new AddressBases("r", 0x5600_0000_1000L, 0x7f00_0000_2000L, 0x7ffc_0000_2000L);
        Gradebook book = Gradebook.fold(
                List.of(
                        based("ada", "1", one),
                        based("bob", "2", new AddressBases("q", null, one.libc(), one.stack())),
                        based("cy", "3", sameProgram),
                        based("cy", "4", sameProgram)),
                roster("ada", "bob", "cy"),
                Course.NONE);
        assertThat(entry(book, "ada").flags()).singleElement().satisfies(flag -> {
            assertThat(flag.kind()).isEqualTo(FlagKind.SHARED_ADDRESSES);
            assertThat(flag.with()).containsExactly("bob");
        });
        assertThat(entry(book, "bob").flags().get(0).with()).containsExactly("ada");
        assertThat(entry(book, "cy").flags()).extracting(Flag::kind).containsOnly(FlagKind.SUPERSEDED);
        assertThat(points(book, "ada")).isEqualTo("30 of 30");
    }

    private static Result based(String student, String file, AddressBases bases) {
        Result result = result(student, file, "2026-11-20T11:00:00Z", 10, 20);
        return new Result(
                student,
                result.submission(),
                result.lab(),
                result.labVersion(),
                result.harness(),
                result.grading(),
                result.checks(),
                List.of(),
                null,
                List.of(),
                List.of(bases),
                List.of(),
                null);
    }
}
