package org.brkmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.grade.Basis;
import org.brkmap.grade.Flag;
import org.brkmap.grade.GradedCheck;
import org.brkmap.grade.Grading;
import org.brkmap.grade.Repeats;
import org.brkmap.grade.Result;
import org.brkmap.grade.ResultFiles;
import org.brkmap.grade.SigningKey;
import org.brkmap.grade.Submission;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands on graded folders say and leave, with their exit statuses. */
class GradeCommandsTest {
    private final Shell shell = new Shell();

    @TempDir
    private Path folder;

    private Path out;

    @BeforeEach
    void grade() throws IOException {
        out = folder.resolve("graded");
        Files.createDirectories(out);
        Files.writeString(out.resolve("roster.csv"), "id,email\nada,ada@x.org\nbob,bob@x.org\ncy,cy@x.org\n");
        ResultFiles.in(out).write(result("ada", 10, Grading.TIER_A));
        ResultFiles.in(out).write(result("bob", 0, Grading.CLAIM));
    }

    private static Result result(String student, int earned, Grading grading) {
        CheckStatus status = earned == 10 ? CheckStatus.PASSED : CheckStatus.FAILED;
        GradedCheck check = new GradedCheck(
                "grow",
                "Ten mmaps",
                ExerciseKind.MODIFY,
                false,
                false,
                10,
                earned,
                status,
                Basis.RERUN,
                "10 mmaps",
                status == CheckStatus.PASSED ? null : "none\u001b[31m",
                List.of());
        return new Result(
                student,
                new Submission(student + ".zip", "ab".repeat(32), null),
                "lab2",
                "v1",
                "0.1.0",
                grading,
                List.of(check),
                List.<Flag>of(),
                null,
                List.of(),
                List.of(),
                List.of(),
                null);
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(shell.out());
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString().replaceAll("-[0-9a-f]{8}", "-#"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void a_table_is_written_and_what_is_to_be_known_is_said() throws IOException {
        assertThat(shell.run("grade", "export", out, "--format", "csv"))
                .as(shell.err())
                .isZero();
        assertThat(shell.out()).isEqualTo("2 grades for csv: " + out.resolve("export/csv.csv") + "\n");
        assertThat(shell.err())
                .contains("no grade, for nothing was handed in, or it could not be judged: cy (lab2)")
                .contains("1 of 2 grades are an unverified claim");
        assertThat(Files.readString(out.resolve("export/csv.csv"))).contains("ada,,ada@x.org,,lab2,10,10");
    }

    @Test
    void a_file_for_each_student_and_none_of_before() throws IOException {
        Path to = folder.resolve("scope");
        assertThat(shell.run("grade", "export", out, "--format", "Gradescope", "--out", to, "--json"))
                .isZero();
        assertThat(json().get("files")).hasSize(2);
        assertThat(names(to)).containsExactly("ada-#.json", "bob-#.json");
        Files.writeString(to.resolve("notes.json"), "mine");
        try (Stream<Path> results = Files.list(out.resolve("results"))) {
            Files.delete(results.filter(file -> file.toString().contains("bob"))
                    .findFirst()
                    .orElseThrow());
        }
        assertThat(shell.run("grade", "export", out, "--format", "gradescope", "--out", to))
                .isZero();
        assertThat(names(to)).containsExactly("ada-#.json", "notes.json");
        Path one = folder.resolve("results.json");
        assertThat(shell.run("grade", "export", out, "--format", "gradescope", "--student", "ada", "--out", one))
                .isZero();
        assertThat(new ObjectMapper().readTree(one.toFile()).get("score").asInt())
                .isEqualTo(10);
    }

    @Test
    void what_does_not_fit_is_refused_and_nothing_written() throws IOException {
        assertThat(shell.run("grade", "export", out, "--format", "canvas")).isEqualTo(1);
        assertThat(shell.err()).contains("--assignment lab2=12345");
        assertThat(shell.run("grade", "export", out, "--format", "moodle-worksheet"))
                .isEqualTo(1);
        assertThat(shell.run("grade", "export", out, "--format", "blackboard")).isEqualTo(2);
        assertThat(shell.err()).contains("moodle-worksheet");
        assertThat(shell.run("grade", "export", out, "--format", "csv", "--assignment", "5"))
                .isEqualTo(2);
        assertThat(shell.run("grade", "export", out, "--format", "canvas", "--assignment", "lab9=5"))
                .isEqualTo(2);
        assertThat(shell.run("grade", "export", folder, "--format", "csv")).isEqualTo(1);
        assertThat(shell.err()).contains("holds no results");
        assertThat(out.resolve("export")).doesNotExist();
    }

    @Test
    void a_regrade_is_told_check_by_check() throws IOException {
        Path fresh = folder.resolve("regraded");
        Files.createDirectories(fresh);
        Files.copy(out.resolve("roster.csv"), fresh.resolve("roster.csv"));
        ResultFiles.in(fresh).write(result("ada", 0, Grading.TIER_A));
        ResultFiles.in(fresh).write(result("bob", 0, Grading.CLAIM));
        assertThat(shell.run("grade", "diff", out, out)).isZero();
        assertThat(shell.out()).isEqualTo("0 scores changed, 3 as before\n");
        assertThat(shell.run("grade", "diff", out, fresh)).isEqualTo(3);
        assertThat(shell.out())
                .contains("ada  lab2  10 of 10 -> 0 of 10  (-10)  FLAKY")
                .contains("    grow  passed, 10 of 10 -> failed, 0 of 10")
                .contains("      now     expected: 10 mmaps  seen: none⟨ESC⟩[31m")
                .endsWith("1 score changed, 1 flaky, 2 as before\n");
        assertThat(shell.run("grade", "diff", out, fresh, "--json")).isEqualTo(3);
        JsonNode change = json().get("changes").get(0);
        assertThat(change.get("student").asText()).isEqualTo("ada");
        assertThat(change.get("flaky").asBoolean()).isTrue();
        assertThat(change.get("checks").get(0).get("after").get("status").asText())
                .isEqualTo("FAILED");
        assertThat(shell.run("grade", "diff", out, folder.resolve("none"))).isEqualTo(1);
    }

    @Test
    void repeated_runs_are_shown_in_a_diff() throws IOException {
        Path fresh = folder.resolve("repeated");
        Files.createDirectories(fresh);
        ResultFiles.in(fresh)
                .write(Repeats.settle(List.of(
                        result("ada", 10, Grading.TIER_A),
                        result("ada", 0, Grading.TIER_A),
                        result("ada", 10, Grading.TIER_A))));
        assertThat(shell.run("grade", "diff", out, fresh, "--roster", out.resolve("roster.csv")))
                .isEqualTo(3);
        assertThat(shell.out())
                .contains("ada  lab2  10 of 10 -> 10 of 10  FLAKY")
                .contains("    flaky, now: grow in 3 runs")
                .contains("      2 x passed, 10")
                .contains("      1 x failed, 0  expected: 10 mmaps  seen: none");
    }

    @Test
    void keys_and_verification_say_what_they_found() throws IOException {
        Path key = folder.resolve("course.key");
        assertThat(shell.run("grade", "keygen", key)).isZero();
        assertThat(shell.out()).contains("course.key.pub  verifies");
        assertThat(shell.run("grade", "keygen", key)).isEqualTo(1);
        Path open = folder.resolve("course.key.pub");
        Path signed = folder.resolve("signed");
        Path file = ResultFiles.in(signed).write(SigningKey.read(key).sign(result("ada", 0, Grading.TIER_A)));
        assertThat(shell.run("grade", "verify", signed, "--key", open)).isZero();
        assertThat(shell.out()).startsWith("1 of 1 result valid (key ");
        assertThat(shell.run("grade", "verify", signed, out, "--key", open)).isEqualTo(3);
        assertThat(shell.out())
                .contains("not signed: ")
                .contains("it is a claim: it was read from a report")
                .contains("1 of 3 results valid, 2 not signed");
        Files.writeString(file, Files.readString(file).replace("\"earned\":0", "\"earned\":10"));
        assertThat(shell.run("grade", "verify", file, "--key", open)).isEqualTo(3);
        assertThat(shell.out()).contains("changed after it was signed: " + file, "ada, lab2, 10 of 10");
        Path other = folder.resolve("other.key");
        assertThat(shell.run("grade", "keygen", other, "--json")).isZero();
        assertThat(json().get("key").asText()).hasSize(64);
        assertThat(shell.run("grade", "verify", file, "--key", other + ".pub", "--json"))
                .isEqualTo(3);
        assertThat(json().get("results").get(0).get("proof").asText()).isEqualTo("other_key");
        assertThat(shell.run("grade", "verify", file, "--key", key.resolveSibling("none")))
                .isEqualTo(1);
        assertThat(shell.run("grade", "verify", folder, "--key", open)).isEqualTo(1);
        assertThat(shell.err()).contains("holds no results");
    }
}
