package org.brkmap.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.EvidenceJson;
import org.brkmap.evidence.LabDocument;
import org.brkmap.toolchain.NeedsGcc;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

class LabExtensionTest {
    private static final String BROKEN = "int main(void)\n{\n    return strange;\n}\n";
    private static final String SOUND = "int main(void)\n{\n    return 0;\n}\n";

    @TempDir
    Path directory;

    private final Terminal terminal = Terminal.ofThisProcess();

    private String printed = "";

    @BeforeEach
    void writePrograms() throws IOException {
        Files.writeString(directory.resolve("broken.c"), BROKEN);
        Files.writeString(directory.resolve("sound.c"), SOUND);
    }

    private EngineExecutionResults run(Path reports, Class<?>... labs) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream captured = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            System.setOut(captured);
            return EngineTestKit.engine("junit-jupiter")
                    .configurationParameter(FakeLabs.SOURCES, directory.toString())
                    .configurationParameter(LabExtension.REPORTS, reports.toString())
                    .selectors(Stream.of(labs)
                            .map(lab -> (DiscoverySelector) selectClass(lab))
                            .toArray(DiscoverySelector[]::new))
                    .execute();
        } finally {
            System.setOut(before);
            printed = bytes.toString(StandardCharsets.UTF_8);
        }
    }

    private LabDocument evidence() throws IOException {
        return (LabDocument) EvidenceJson.read(Files.readString(directory.resolve("fake.json")));
    }

    private String marked(CheckStatus status, String title) {
        return "  " + terminal.mark(status) + " " + title;
    }

    @Test
    void everyWayToEndIsPrintedAsATree() {
        run(directory, FakeLabs.EveryEnding.class)
                .testEvents()
                .assertStatistics(
                        events -> events.succeeded(1).failed(2).aborted(1).skipped(1));
        assertThat(printed.lines().filter(line -> !line.isEmpty()).toList())
                .startsWith(
                        "fake",
                        "Every way to end",
                        marked(CheckStatus.PASSED, "One and one are two"),
                        "      2, by counting",
                        marked(CheckStatus.FAILED, "One and one are three"),
                        "      [the sum]",
                        "      expected: 3",
                        "       but was: 2",
                        "      next: count again",
                        marked(CheckStatus.NOT_CHECKED, "Another machine"),
                        "      not checked: this is not that machine",
                        marked(CheckStatus.SKIPPED, "Later"),
                        "      skipped: open labs/fake/later.c",
                        marked(CheckStatus.FAILED, "A broken check"),
                        "      the check itself broke: java.lang.IllegalStateException",
                        "      no such thing")
                .anyMatch(line -> line.startsWith("5 checks: 1 passed, 2 failed, 1 skipped, 1 not checked ("))
                .endsWith("Report: " + directory.resolve("fake.html").toUri());
    }

    @Test
    void everyWayToEndStandsInTheEvidence() throws IOException {
        run(directory, FakeLabs.EveryEnding.class);
        assertThat(evidence().facts()).containsEntry("sum", 2L);
        assertThat(evidence().checks())
                .extracting(CheckResult::id, CheckResult::status, CheckResult::expected, CheckResult::actual)
                .containsExactly(
                        tuple("EveryEnding.passes", CheckStatus.PASSED, null, "2, by counting"),
                        tuple("EveryEnding.fails", CheckStatus.FAILED, "the sum: 3", "2"),
                        tuple("EveryEnding.cannotBeChecked", CheckStatus.NOT_CHECKED, null, "this is not that machine"),
                        tuple("EveryEnding.notStarted", CheckStatus.SKIPPED, null, "open labs/fake/later.c"),
                        tuple("EveryEnding.breaks", CheckStatus.FAILED, null, "no such thing"));
        assertThat(Jsoup.parse(directory.resolve("fake.html").toFile()).title()).contains("fake");
    }

    @Test
    @NeedsGcc
    void aProgramThatDoesNotCompileFailsOneCheckAndLeavesTheOthersThatNeedItUnchecked() throws IOException {
        run(directory, FakeLabs.Programs.class)
                .testEvents()
                .assertStatistics(events -> events.succeeded(1).failed(1).aborted(1));
        assertThat(printed)
                .contains(
                        marked(CheckStatus.FAILED, "The broken program"),
                        "broken.c:3:12: error: ",
                        "return strange;",
                        "next: mend " + directory.resolve("broken.c") + ", line 3, then run fake again",
                        "not checked: broken.c does not compile",
                        marked(CheckStatus.PASSED, "The sound program"));
        CheckResult failed = evidence().checks().get(0);
        assertThat(failed.expected()).isEqualTo("broken.c compiles");
        assertThat(failed.line()).isEqualTo(3);
    }

    @Test
    @NeedsGcc
    void underMavenAFailureIsToldInFullByTheTreeAndInOneLineByJUnit() {
        System.setProperty(LabExtension.LAB, "fake");
        try {
            run(directory, FakeLabs.Programs.class)
                    .testEvents()
                    .failed()
                    .assertThatEvents()
                    .haveExactly(1, finishedWithFailure(message("cannot build broken")));
        } finally {
            System.clearProperty(LabExtension.LAB);
        }
        assertThat(printed).contains("broken.c:3:12: error: ", "next: mend ");
    }

    @Test
    void theClassesOfALabShareOneReportInTheirOrder() throws IOException {
        run(directory, FakeLabs.EveryEnding.class, FakeLabs.Programs.class);
        assertThat(printed).containsOnlyOnce("Report: ");
        assertThat(evidence().checks())
                .extracting(CheckResult::id)
                .startsWith("Programs.needsTheBrokenOne")
                .endsWith("EveryEnding.breaks");
    }

    @Test
    void aReportThatCannotBeWrittenIsSaidAndFailsTheRunButNoCheck() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "in the way");
        EngineExecutionResults results = run(file.resolve("reports"), FakeLabs.EveryEnding.class);
        results.testEvents().assertStatistics(events -> events.succeeded(1).failed(2));
        results.containerEvents().assertStatistics(events -> events.failed(1));
        assertThat(printed).contains("The report could not be written: ").doesNotContain("Report: ");
    }

    @Test
    void aLabInWhichNothingCouldBeCheckedIsNoSuccess() {
        EngineExecutionResults results = run(directory, FakeLabs.NothingToCheck.class);
        results.testEvents().assertStatistics(events -> events.aborted(1).failed(0));
        results.containerEvents().assertStatistics(events -> events.failed(1));
        assertThat(printed)
                .contains("not checked: this is not that machine", "Report: ", "Nothing could be checked here");
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }
}
