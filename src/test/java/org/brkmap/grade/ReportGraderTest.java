package org.brkmap.grade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.brkmap.analyse.Analysis;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.LabDocument;
import org.brkmap.evidence.RunDocument;
import org.brkmap.model.Change;
import org.brkmap.report.HtmlReport;
import org.brkmap.toolchain.NeedsGcc;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports of a lab that was really done, as they are, edited and broken. */
@NeedsGcc
class ReportGraderTest {
    @TempDir
    private static Path folder;

    private static SmallLab lab;
    private static LabDocument right;
    private static LabDocument second;

    @TempDir
    private Path out;

    @BeforeAll
    static void doTheLab() throws IOException {
        lab = SmallLab.in(folder.resolve("project"));
        right = lab.done(7, "4 << 20", "LENGTH", "b");
        second = lab.done(8, "4 << 20", "1", "a, b");
    }

    private static Result grade(LabDocument report) throws Exception {
        return grade(HtmlReport.render(report));
    }

    private static Result grade(String page) throws Exception {
        ReportGrader grader = ReportGrader.of(lab.root(), null, Set.of());
        return grader.grade("ada", new Submission("ada.html", "00", null), page.getBytes(StandardCharsets.UTF_8));
    }

    private static GradedCheck check(Result result, String id) {
        return result.checks().stream()
                .filter(check -> check.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static LabDocument with(LabDocument report, List<RunDocument> runs, List<CheckResult> checks) {
        return new LabDocument(
                report.lab(), report.title(), report.generatedBy(), runs, report.facts(), checks, report.answers());
    }

    private static LabDocument claiming(LabDocument report, String id, CheckStatus status, int earned) {
        List<CheckResult> checks = new ArrayList<>();
        for (CheckResult check : report.checks()) {
            checks.add(
                    check.id().equals(id)
                            ? new CheckResult(
                                    id,
                                    check.title(),
                                    check.points(),
                                    earned,
                                    status,
                                    null,
                                    null,
                                    null,
                                    check.run(),
                                    null,
                                    null,
                                    check.exercise())
                            : check);
        }
        return with(report, report.runs(), checks);
    }

    private static LabDocument changingRuns(LabDocument report, UnaryOperator<Analysis> change) {
        List<RunDocument> runs = report.runs().stream()
                .map(run -> new RunDocument(run.name(), change.apply(run.analysis())))
                .toList();
        return with(report, runs, report.checks());
    }

    private static List<FlagKind> kinds(Result result) {
        return result.flags().stream().map(Flag::kind).toList();
    }

    @Test
    void an_honest_report_is_judged_anew_from_its_runs_and_keeps_its_points() throws Exception {
        Result result = grade(right);
        assertThat(right.score().earned()).isEqualTo(20);
        assertThat(result.flags()).isEmpty();
        assertThat(result.differences()).isEmpty();
        assertThat(result.score()).isEqualTo(right.score());
        assertThat(result.grading()).isEqualTo(Grading.CLAIM);
        assertThat(result.checks()).allMatch(check -> check.basis() == Basis.RECOMPUTED);
        assertThat(result.bases()).hasSameSizeAs(right.runs());
    }

    @Test
    void later_answers_earn_half_and_wrong_ones_nothing_as_the_lab_judged_them() throws Exception {
        Result result = grade(second);
        assertThat(result.flags()).isEmpty();
        assertThat(check(result, "who").earned()).isEqualTo(2);
        assertThat(check(result, "who").basis()).isEqualTo(Basis.RECOMPUTED);
        assertThat(check(result, "length").earned()).isZero();
        // The run of an open prediction is left out of a report, or it would tell the answer.
        assertThat(check(result, "length").basis()).isEqualTo(Basis.CLAIM);
    }

    @Test
    void points_that_the_answers_do_not_earn_are_not_given() throws Exception {
        Result result = grade(claiming(second, "who", CheckStatus.PASSED, 4));
        assertThat(check(result, "who").earned()).isEqualTo(2);
        assertThat(kinds(result)).containsOnly(FlagKind.EDITED);
        assertThat(result.differences()).containsExactly(new Difference("who", "passed, 4 of 4", "passed, 2 of 4"));
    }

    @Test
    void an_answer_that_was_changed_in_the_report_is_judged_as_it_stands_there() throws Exception {
        LabDocument edited = new LabDocument(
                right.lab(),
                right.title(),
                right.generatedBy(),
                right.runs(),
                right.facts(),
                right.checks(),
                Map.of("seed", "7", "length", "1", "who", "c"));
        Result result = grade(edited);
        assertThat(check(result, "who").earned()).isZero();
        assertThat(kinds(result)).contains(FlagKind.EDITED);
    }

    @Test
    void changes_that_the_checkpoints_do_not_make_are_told() throws Exception {
        Result result = grade(changingRuns(right, run -> {
            List<Change> changes = new ArrayList<>(run.changes());
            changes.removeIf(change -> change.bytes() > 0);
            return new Analysis(run.observation(), changes);
        }));
        assertThat(kinds(result)).contains(FlagKind.EDITED);
        assertThat(result.flags().get(0).reason()).contains("make other changes");
    }

    @Test
    void a_run_of_another_program_than_the_labs_earns_nothing() throws Exception {
        String page = HtmlReport.render(right);
        Files.writeString(folder.resolve("project/labs/lab9/take.c"), "int main(void) { return 0; }\n");
        try {
            // Sources are remembered for as long as a grader lives, by their path.
            SmallLab other = SmallLab.in(folder.resolve("other"));
            Files.writeString(other.root().resolve("labs/lab9/take.c"), "int main(void) { return 1; }\n");
            Result result = ReportGrader.of(other.root(), null, Set.of())
                    .grade("ada", new Submission("ada.html", "00", null), page.getBytes(StandardCharsets.UTF_8));
            assertThat(check(result, "length").earned()).isZero();
            assertThat(check(result, "length").actual()).contains("another labs/lab9/take.c");
            assertThat(check(result, "who").earned()).isEqualTo(4);
        } finally {
            SmallLab.in(folder.resolve("project"));
        }
    }

    @Test
    void a_page_whose_evidence_was_changed_is_damaged() throws Exception {
        String page = HtmlReport.render(right);
        String hash = page.replaceFirst("(?s).*data-sha256=\"([0-9a-f]{64}).*", "$1");
        Result result = grade(page.replace(hash, "0".repeat(64)));
        assertThat(kinds(result)).containsExactly(FlagKind.DAMAGED);
        assertThat(result.score()).isEqualTo(right.score());
    }

    @Test
    void reports_of_other_versions_and_labs_are_told() throws Exception {
        LabDocument older = new LabDocument(
                "lab9",
                right.title(),
                "brkmap 0.0.1, lab9 0123456789ab",
                right.runs(),
                right.facts(),
                right.checks(),
                right.answers());
        assertThat(kinds(grade(older))).containsExactly(FlagKind.WRONG_VERSION);
        LabDocument strange = new LabDocument(
                "../../etc", right.title(), "", right.runs(), Map.of(), right.checks(), right.answers());
        assertThat(kinds(grade(strange))).containsExactly(FlagKind.WRONG_LAB);
        assertThat(kinds(grade(HtmlReport.render(right.runs().get(0))))).containsExactly(FlagKind.WRONG_LAB);
    }

    @Test
    void a_class_is_graded_and_what_is_broken_stops_nothing() throws Exception {
        Path submissions = Files.createDirectories(out.resolve("in/bob"));
        String page = HtmlReport.render(right);
        Files.writeString(out.resolve("in/ada_report.html"), page);
        Files.writeString(submissions.resolve("lab9.html"), HtmlReport.render(second));
        Files.writeString(out.resolve("in/eve.html"), page.substring(0, page.length() / 2));
        Files.writeString(out.resolve("in/stranger.html"), page);
        Files.write(out.resolve("in/zoe.html"), new byte[] {0, 1, 2, (byte) 0xff});
        Roster roster = Roster.read(
                Files.writeString(out.resolve("roster.csv"), "id,name\nada,Ada\nbob,Bob\neve,Eve\nzoe,Zoe\nmia,Mia\n"));
        ResultFiles results = ResultFiles.in(out.resolve("graded"));
        ReportGrader grader = ReportGrader.of(lab.root(), null, Set.of());
        Set<Path> graded = ReportBatch.of(grader, out.resolve("in"), roster, Map.of(), results)
                .run(2, done -> {});
        assertThat(graded).hasSize(5);
        assertThat(ReportBatch.of(grader, out.resolve("in"), roster, Map.of(), results)
                        .run(1, done -> {}))
                .isEqualTo(graded);
        Gradebook book = Gradebook.fold(results.readAll(), roster, Course.NONE);
        assertThat(book.labs()).containsExactly("lab9");
        assertThat(flags(book, "ada")).containsExactly(FlagKind.DUPLICATE);
        assertThat(flags(book, "bob")).isEmpty();
        assertThat(flags(book, "eve")).containsExactly(FlagKind.UNREADABLE);
        assertThat(flags(book, "zoe")).containsExactly(FlagKind.UNREADABLE);
        assertThat(flags(book, "mia")).containsExactly(FlagKind.MISSING);
        assertThat(flags(book, "stranger")).containsExactly(FlagKind.UNKNOWN_STUDENT, FlagKind.DUPLICATE);
        assertThat(earned(book, "ada")).isEqualTo("20");
    }

    private static Gradebook.Entry entry(Gradebook book, String student) {
        return book.rows().stream()
                .filter(row -> row.student().id().equals(student))
                .flatMap(row -> row.entries().values().stream())
                .findFirst()
                .orElseThrow();
    }

    private static List<FlagKind> flags(Gradebook book, String student) {
        return entry(book, student).flags().stream().map(Flag::kind).toList();
    }

    private static String earned(Gradebook book, String student) {
        return entry(book, student).earned().toPlainString();
    }
}
