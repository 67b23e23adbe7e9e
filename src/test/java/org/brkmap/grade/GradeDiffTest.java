package org.brkmap.grade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.grade.GradeDiff.Change;
import org.brkmap.grade.GradeDiff.CheckChange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GradeDiffTest {
    @TempDir
    private Path folder;

    private Gradebook fold(Course course, String roster, Result... results) throws IOException {
        return Gradebook.fold(
                List.of(results),
                Roster.read(Files.writeString(folder.resolve("roster.csv"), "id\n" + roster.replace(' ', '\n') + "\n")),
                course);
    }

    private static Result rerun(String student, String sha, String version, int flip) {
        Result claim = Results.of(
                student,
                Results.check("flip", 10, flip, flip == 10 ? CheckStatus.PASSED : CheckStatus.FAILED),
                Results.check("steady", 5, 5, CheckStatus.PASSED));
        return new Result(
                student,
                new Submission(student + ".zip", sha.repeat(32), null),
                "lab2",
                version,
                "0.1.0",
                Grading.TIER_A,
                claim.checks(),
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(),
                null);
    }

    private static Map<String, Change> changes(GradeDiff diff) {
        Map<String, Change> changes = new TreeMap<>();
        diff.changes().forEach(change -> changes.put(change.student(), change));
        return changes;
    }

    @Test
    void the_same_grades_differ_in_nothing() throws IOException {
        Gradebook book = fold(Course.NONE, "ada bob", rerun("ada", "ab", "v1", 10));
        GradeDiff diff = GradeDiff.between(book, book);
        assertThat(diff.changes()).isEmpty();
        assertThat(diff.same()).isEqualTo(2);
    }

    @Test
    void each_change_has_its_reason() throws IOException {
        Gradebook old = fold(
                Course.NONE,
                "ada bob cy di ed gone",
                rerun("ada", "a1", "v1", 10),
                rerun("bob", "b1", "v1", 0),
                rerun("di", "d1", "v1", 0),
                rerun("ed", "e1", "v1", 10),
                rerun("gone", "f1", "v1", 10));
        Course course = Course.read(
                Files.writeString(folder.resolve("course.properties"), "lab2.override.ed = 3; oral examination"));
        Gradebook fresh = fold(
                course,
                "ada bob cy di ed",
                rerun("ada", "a1", "v1", 10),
                rerun("bob", "b2", "v1", 10),
                rerun("cy", "c1", "v1", 10),
                rerun("di", "d1", "v2", 10),
                rerun("ed", "e1", "v1", 10));
        GradeDiff diff = GradeDiff.between(old, fresh);
        assertThat(diff.same()).isEqualTo(1);
        Map<String, Change> changes = changes(diff);
        assertThat(changes).containsOnlyKeys("bob", "cy", "di", "ed", "gone");
        assertThat(changes.values()).allMatch(Change::isOfPoints).noneMatch(Change::flaky);
        assertThat(changes.get("bob").why()).containsExactly("the submission was changed: bob.zip");
        CheckChange flip = changes.get("bob").checks().get(0);
        assertThat(flip.id()).isEqualTo("flip");
        assertThat(flip.before().check().actual()).isEqualTo("too low");
        assertThat(flip.after().earned()).isEqualByComparingTo("10");
        assertThat(changes.get("cy").why()).anyMatch(why -> why.startsWith("handed in meanwhile: cy.zip"));
        assertThat(changes.get("di").why()).containsExactly("version of the checks: v1 -> v2");
        assertThat(changes.get("ed").why())
                .containsExactly("+ overridden by the instructor: set to 3 (it was 15): oral examination");
        assertThat(changes.get("gone").why()).containsExactly("only in the old gradebook");
    }

    @Test
    void what_nothing_but_chance_changed_is_flaky() throws IOException {
        Gradebook old = fold(Course.NONE, "ada", rerun("ada", "a1", "v1", 10));
        Gradebook fresh = fold(Course.NONE, "ada", rerun("ada", "a1", "v1", 0));
        Change change = changes(GradeDiff.between(old, fresh)).get("ada");
        assertThat(change.flaky()).isTrue();
        assertThat(change.why()).containsExactly("flaky: the same submission, checks and brkmap, and another verdict");
        assertThat(change.checks()).extracting(CheckChange::id).containsExactly("flip");
    }

    @Test
    void what_repeated_runs_of_one_grading_showed_is_flaky_too() throws IOException {
        Result flaky = Repeats.settle(
                List.of(rerun("ada", "a1", "v1", 10), rerun("ada", "a1", "v1", 0), rerun("ada", "a1", "v1", 10)));
        Gradebook book = fold(Course.NONE, "ada", flaky);
        Change change = changes(GradeDiff.between(book, book)).get("ada");
        assertThat(change.flaky()).isTrue();
        assertThat(change.isOfPoints()).isFalse();
        assertThat(GradebookPage.render(book)).contains("different verdicts in repeated runs", "flip came out as");
    }
}
