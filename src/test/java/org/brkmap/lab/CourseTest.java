package org.brkmap.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.brkmap.evidence.AnswerHost;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.EvidenceJson;
import org.brkmap.evidence.LabDocument;
import org.brkmap.evidence.RunDocument;
import org.brkmap.report.HtmlReport;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.ProjectFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lab 2 as students live it: untouched, solved, cheated at, half done, and with every mistake on the way. */
@NeedsGcc
class CourseTest {
    private static final String LAB = "lab2";

    private final Path root = ProjectFiles.find().orElseThrow().root();

    @TempDir
    Path project;

    private String printed = "";

    @BeforeEach
    void copyTheLab() throws IOException {
        LabVerifier.copyLab(root, LAB, project);
    }

    private LabDocument run(String... exercises) throws IOException {
        return run(false, exercises);
    }

    private LabDocument run(boolean answersMeasured, String... exercises) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            return LabRunner.in(root).on(project, answersMeasured).run(LAB, Set.of(exercises), out);
        } finally {
            printed = bytes.toString(StandardCharsets.UTF_8);
        }
    }

    private static CheckResult check(LabDocument document, String id) {
        return document.checks().stream()
                .filter(check -> check.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Path file(String name) {
        return project.resolve("labs").resolve(LAB).resolve(name);
    }

    private void edit(String name, UnaryOperator<String> change) throws IOException {
        String before = Files.readString(file(name));
        String after = change.apply(before);
        assertThat(after).as("the edit of " + name).isNotEqualTo(before);
        Files.writeString(file(name), after);
    }

    private void answer(String key, String answer) throws IOException {
        edit("answers.properties", text -> text.replaceFirst("(?m)^" + key + " =.*$", key + " = " + answer));
    }

    @Test
    void theStarterFilesAreThoseThatStudentsBeginWith() throws IOException {
        for (String name : LabStarter.files(root, LAB)) {
            assertThat(root.resolve("labs").resolve(LAB).resolve(name))
                    .as("labs/%s/%s in the repository", LAB, name)
                    .hasSameTextualContentAs(file("starter/" + name));
        }
    }

    @Test
    void thePointsAddUpAsTheCourseDividesThem() throws IOException {
        LabInfo lab = LabCatalogue.lab(root, LAB);
        assertThat(lab.points()).isEqualTo(100);
        assertThat(lab.exercises().stream()
                        .filter(ExerciseInfo::extra)
                        .mapToInt(ExerciseInfo::points)
                        .sum())
                .isEqualTo(20);
        assertThat(lab.exercises()).extracting(ExerciseInfo::id).doesNotHaveDuplicates();
    }

    @Test
    void aWrongPredictionTellsTheDirectionAndNeverTheValue() throws IOException {
        answer("mapped-length", "4096");
        LabDocument document = run("mapped-length");
        CheckResult wrong = check(document, "mapped-length");
        assertThat(wrong.status()).isEqualTo(CheckStatus.FAILED);
        assertThat(wrong.earned()).isZero();
        assertThat(printed).contains("your answer 4096 is too low", "now with other sizes", "mapped-length = 4096, ?");
        assertThat(wrong.exercise().hints()).hasSize(1);
        assertThat(document.runs()).isEmpty();
        assertThat(document.facts()).isEmpty();
        String json = EvidenceJson.write(document);
        assertThat(json).contains("too low").doesNotContain("\"call\":\"mmap\"");
        assertThat(HtmlReport.render(document)).contains("too low");
    }

    @Test
    void anAnswerAfterAWrongOneEarnsHalfEvenIfItReplacesIt() throws IOException {
        answer("mapped-length", "4096");
        run("mapped-length");
        String first = printed;
        answer("mapped-length", Judge.MEASURED);
        CheckResult later = check(run(true, "mapped-length"), "mapped-length");
        assertThat(later.status()).isEqualTo(CheckStatus.PASSED);
        assertThat(later.earned()).isEqualTo(later.points() / 2);
        assertThat(later.exercise().explanation()).isNotEmpty();
        assertThat(later.exercise().attempts()).isEqualTo(2);
        assertThat(later.actual()).as("what was measured").matches("[0-9]+");
        assertThat(printed).contains("measured: " + later.actual());
        assertThat(first).doesNotContain(later.exercise().explanation());
    }

    @Test
    void whatWouldGiveAnAnswerAwayIsShownOnceItIsGiven() throws IOException {
        LabDocument document = run();
        CheckResult hidden = check(document, "LargeBlocks.theMappingHoldsTheHeaderAndIsRoundedToPages");
        assertThat(hidden.status()).as("made, but not told").isEqualTo(CheckStatus.PASSED);
        assertThat(hidden.actual()).isEqualTo("shown once \"mapped-length\" is solved");
        assertThat(document.runs())
                .extracting(RunDocument::name)
                .as("the flip that first-large asks for")
                .noneMatch(name -> name.contains("in a fresh process"));
        assertThat(printed).contains("Next: open labs/lab2/answers.properties: moves = ?");
    }

    @Test
    void aPartOfALabIsRunWithoutLosingTheRest() throws IOException {
        LabDocument whole = run();
        int checks = whole.checks().size();
        int observed = whole.score().earned();
        answer("mapped-length", Judge.MEASURED);
        LabDocument part = run(true, "mapped-length");
        assertThat(part.checks())
                .extracting(CheckResult::id)
                .containsExactlyElementsOf(
                        whole.checks().stream().map(CheckResult::id).toList());
        assertThat(part.checks()).hasSize(checks);
        assertThat(part.score().earned())
                .isEqualTo(observed + check(part, "mapped-length").points());
        assertThat(part.runs()).hasSizeGreaterThan(whole.runs().size());
        for (CheckResult check : whole.checks()) {
            if (check.id().equals("mapped-length")) {
                continue;
            }
            Integer run = check.run();
            Integer now = check(part, check.id()).run();
            assertThat(now == null ? null : part.runs().get(now).name())
                    .as("the run of %s", check.id())
                    .isEqualTo(run == null ? null : whole.runs().get(run).name());
        }
        assertThat(EvidenceJson.read(Files.readString(project.resolve("target/reports/lab2.json"))))
                .isEqualTo(part);
        assertThat(printed).contains("Score: " + part.score().earned() + " of 100 points", "1 check: 1 passed");
    }

    @Test
    void anEarlierReportThatIsDamagedIsPassedOver() throws IOException {
        run("grow");
        Path evidence = project.resolve("target/reports/lab2.json");
        for (String damaged : List.of("", "{", "[]", Files.readString(evidence).replace("lab2", "lab1"))) {
            Files.writeString(evidence, damaged);
            assertThat(run("mapped-length").checks())
                    .extracting(CheckResult::id)
                    .containsExactly("mapped-length");
        }
    }

    @Test
    void mistakesInTheWorksheetAreToldWithTheirLineAndCostNothing() throws IOException {
        edit("answers.properties", text -> "movs = 3\n" + text.replace("first-large =", "first-large = heep"));
        LabDocument document = run("first-large");
        CheckResult malformed = check(document, "first-large");
        CheckResult sheet = check(document, Worksheet.ID);
        assertThat(sheet.status()).as("it fails the run").isEqualTo(CheckStatus.FAILED);
        assertThat(sheet.line()).isEqualTo(1);
        assertThat(sheet.points()).isZero();
        assertThat(sheet.actual()).contains("movs").doesNotContain("heep");
        assertThat(printed)
                .contains("labs/lab2/answers.properties:1: unknown key \"movs\"; did you mean \"moves\"?")
                .contains("Next: mend labs/lab2/answers.properties:1: unknown key")
                .contains("\"heep\" is none of heap, mmap; did you mean heap?");
        assertThat(malformed.status()).isEqualTo(CheckStatus.FAILED);
        assertThat(malformed.exercise().attempts()).isZero();
    }

    @Test
    void anotherEncodingIsToldWithItsLineUnlessOnlyACommentHasIt() throws IOException {
        String text = Files.readString(file("answers.properties"));
        String edited = "# f\u00fcr mich\n" + text.replace("first-large =", "first-large = h\u00e4ap");
        Files.write(file("answers.properties"), edited.getBytes(Charset.forName("ISO-8859-1")));
        run("first-large");
        assertThat(printed)
                .containsPattern("answers\\.properties:\\d+: is not UTF-8")
                .doesNotContain("answers.properties:1:");
    }

    @Test
    void aMissingSemicolonIsToldInTheCompilersWordsWithTheLine() throws IOException {
        edit("grow.c", text -> text.replace("free(blocks[i]);", "free(blocks[i])"));
        CheckResult failed = check(run("grow"), "grow");
        assertThat(failed.status()).isEqualTo(CheckStatus.FAILED);
        assertThat(failed.line()).isNotNull();
        assertThat(printed).contains("error: expected", "labs/lab2/grow.c");
    }

    @Test
    void aDeletedFileIsToldWithTheWayToBringItBack() throws IOException {
        Files.delete(file("grow.c"));
        run("grow");
        assertThat(printed).contains("labs/lab2/grow.c is not there", "./brkmap lab reset lab2 grow.c");
        LabStarter.reset(project, LAB, "grow.c");
        assertThat(check(run("grow"), "grow").status()).isEqualTo(CheckStatus.SKIPPED);
    }

    @Test
    void anEndlessLoopIsEndedAndTold() throws IOException {
        edit(
                "grow.c",
                text -> text.replace("checkpoint(\"taken\");", "checkpoint(\"taken\");\n    for (;;)\n        ;"));
        CheckResult failed = check(run("grow"), "grow");
        assertThat(failed.status()).isEqualTo(CheckStatus.FAILED);
        assertThat(printed).contains("time limit");
    }

    @Test
    void halfOfAnExerciseEarnsHalfAndNamesTheOtherHalf() throws IOException {
        edit(
                "mallopt.c",
                text -> text.replace(
                        "/* Your turn, first place: the 100 KiB below shall be mapped. */",
                        "mallopt(M_MMAP_THRESHOLD, 64 * 1024);"));
        CheckResult half = check(run("mallopt"), "mallopt");
        assertThat(half.status()).isEqualTo(CheckStatus.FAILED);
        assertThat(half.earned()).isEqualTo(half.points() / 2);
        assertThat(half.file()).isEqualTo("labs/lab2/mallopt.c");
        assertThat(Files.readAllLines(file("mallopt.c")).get(half.line() - 1)).contains("second place");
    }

    @Test
    void resettingKeepsTheStudentsFileAsACopy() throws IOException {
        edit("grow.c", text -> text.replace("32", "33"));
        Path kept = LabStarter.reset(project, LAB, "grow.c").orElseThrow();
        assertThat(kept).content().contains("33 * 1024");
        assertThat(file("grow.c")).content().contains("32 * 1024");
    }

    @Test
    void whatBuildsOnAnotherExerciseIsNotCheckedUntilThatIsSolvedWhichIsNoFailure() throws IOException {
        edit(
                "trim.c",
                text -> text.replace("/* Your turn, first place. */", "mallopt(M_TRIM_THRESHOLD, 64 * 1024 * 1024);"));
        CheckResult waiting = check(run("trim"), "trim");
        assertThat(waiting.status()).isEqualTo(CheckStatus.NOT_CHECKED);
        assertThat(waiting.actual()).isEqualTo("it builds on \"last-freed\", which is not solved yet");
        assertThat(waiting.exercise().attempts()).isZero();
        answer("last-freed", "1");
        LabDocument both = run("last-freed", "trim");
        assertThat(check(both, "last-freed").status()).isEqualTo(CheckStatus.FAILED);
        assertThat(check(both, "trim").status()).isEqualTo(CheckStatus.NOT_CHECKED);
        answer("last-freed", "1, " + Judge.MEASURED);
        run(true, "last-freed");
        CheckResult judged = check(run("trim"), "trim");
        assertThat(judged.status()).as("half done").isEqualTo(CheckStatus.FAILED);
        assertThat(judged.earned()).isEqualTo(judged.points() / 2);
    }

    @Test
    void anAnswerAboutAMapIsNotCheckedOnAnotherMachineAndNeverWrong() throws IOException {
        answer("blocks.small", "stack");
        assertThat(check(run("blocks"), "blocks").status()).isEqualTo(CheckStatus.FAILED);
        LabProgress progress = LabProgress.open(project, LAB);
        AnswerHost here = progress.host("blocks");
        assertThat(here.libc()).contains("libc");
        AnswerHost there = new AnswerHost("musl 1.2.5", "clang 19", here.machine(), "6.1.0");
        progress.host("blocks", there);
        progress.save();
        CheckResult elsewhere = check(run("blocks"), "blocks");
        assertThat(elsewhere.status()).isEqualTo(CheckStatus.NOT_CHECKED);
        assertThat(elsewhere.earned()).isZero();
        assertThat(elsewhere.actual()).contains("answered on another machine", "musl 1.2.5", here.libc());
        assertThat(elsewhere.exercise().answeredOn())
                .as("it stays with the answer")
                .isEqualTo(there);
    }

    @Test
    void theEvidenceTellsWhoseMapAnAnswerWasReadFromAndThatARuleHoldsAnywhere() throws Exception {
        assertThat(check(run("blocks"), "blocks").exercise().answeredOn())
                .as("before there is an answer")
                .isNull();
        answer("blocks.small", "stack");
        answer("pinned", "a");
        LabDocument document = run("blocks", "pinned");
        AnswerHost host = check(document, "blocks").exercise().answeredOn();
        assertThat(host.libc()).contains("libc");
        assertThat(host.kernel()).isEqualTo(System.getProperty("os.version"));
        assertThat(check(document, "pinned").exercise().answeredOn()).isNull();
        assertThat(EvidenceJson.read(EvidenceJson.write(document))).isEqualTo(document);
        AnswerHost laterKernel = new AnswerHost(host.libc(), host.compiler(), host.machine(), "99.0");
        assertThat(host.isLike(laterKernel)).isTrue();
    }

    @Test
    void aQuizExplainsTheChosenAnswerAndEachOneOnceItIsSolved() throws IOException {
        answer("pinned", "a");
        CheckResult wrong = check(run("pinned"), "pinned");
        assertThat(printed).contains("your answer a) is not right: ").doesNotContain("(right)", "(wrong)");
        assertThat(wrong.exercise().explanation()).isNull();
        answer("pinned", "a, b");
        CheckResult right = check(run("pinned"), "pinned");
        assertThat(right.status()).isEqualTo(CheckStatus.PASSED);
        assertThat(right.earned()).isEqualTo(right.points() / 2);
        assertThat(right.exercise()
                        .explanation()
                        .lines()
                        .filter(line -> line.matches("[a-d]\\) .*  \\((right|wrong)\\)")))
                .hasSize(4)
                .filteredOn(line -> line.endsWith("(right)"))
                .singleElement()
                .asString()
                .startsWith("b) ");
    }

    @Test
    void aRewrittenReportEarnsNothing() throws IOException {
        run();
        Path evidence = project.resolve("target/reports/lab2.json");
        Path page = project.resolve("target/reports/lab2.html");
        Files.writeString(evidence, Files.readString(evidence).replaceAll("\"earned\": ?0", "\"earned\": 4"));
        Files.writeString(page, Files.readString(page).replace("10 of 100", "100 of 100"));
        assertThat(run().score().earned()).isEqualTo(10);
        assertThat(page).content().doesNotContain("100 of 100");
        assertThat(LabProgress.open(project, LAB).earned("moves")).isZero();
    }

    @Test
    void aFreshRunHoldsNothingThatWasMeasuredForAQuestion() throws IOException {
        LabDocument fresh = run();
        List<String> asked = fresh.checks().stream()
                .filter(check ->
                        check.exercise() != null && check.exercise().kind().hidesWhatItMeasures())
                .map(check -> check.exercise().question())
                .toList();
        assertThat(asked).hasSizeGreaterThan(5).doesNotContainNull();
        List<Long> sizes = asked.stream()
                .flatMap(text -> Pattern.compile("[0-9]{5,}").matcher(text).results())
                .map(MatchResult::group)
                .map(Long::valueOf)
                .distinct()
                .toList();
        assertThat(sizes).as("sizes that are drawn").hasSizeGreaterThan(5);
        assertThat(fresh.runs())
                .as("runs whose requests were seen")
                .filteredOn(run -> !run.observation().allocations().isEmpty())
                .hasSizeGreaterThan(fresh.runs().size() / 2);
        for (RunDocument run : fresh.runs()) {
            assertThat(run.observation().allocations())
                    .as("requests in the run " + run.name())
                    .extracting(call -> call.call().size())
                    .doesNotContainAnyElementsOf(sizes);
            assertThat(run.observation().program().argv())
                    .doesNotContainAnyElementsOf(
                            sizes.stream().map(String::valueOf).toList());
        }
        assertThat(fresh.runs()).extracting(RunDocument::name).noneMatch(name -> name.startsWith("blocks:"));
        for (String file : filesUnder(project.resolve("target"))) {
            assertThat(file).as("a file made for a question").doesNotContain("/order");
        }
    }

    private static List<String> filesUnder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("lab-classes"))
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        }
    }

    @Test
    void aTakenHintIsRecordedInTheEvidence() throws IOException {
        LabProgress progress = LabProgress.open(project, LAB);
        ExerciseInfo grow = LabCatalogue.lab(root, LAB).exercise("grow").orElseThrow();
        assertThat(progress.takeHint(grow)).contains(grow.hints().get(0));
        progress.save();
        assertThat(check(run("grow"), "grow").exercise().hints())
                .containsExactly(grow.hints().get(0));
    }
}
