package org.brkmap.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Observation;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsGcc
@Timeout(240)
class WaitsTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {"read", "readv", "select", "pselect", "poll", "ppoll", "epoll", "epoll_p", "dup", "tty", "twice"
            })
    void waitsOnceForALineByWhateverCall(String call) throws Exception {
        Observation seen =
                Observed.observe(Observed.launch("wait_by", call).withInput(List.of("this line", "not this")));

        assertThat(seen.ending().code()).as(Observed.describe(seen)).isZero();
        assertThat(Observed.labels(seen, CheckpointKind.INPUT)).containsExactly("how about " + call + "?");
        assertThat(Observed.output(seen)).isEqualTo("how about " + call + "?it was this line\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"read", "select", "epoll"})
    void meetsTheEndOfTheInputWhenTheLinesAreUsedUp(String call) throws Exception {
        Observation seen = Observed.observe(Observed.launch("wait_by", call).withInput(List.of()));

        assertThat(seen.ending().code()).as(Observed.describe(seen)).isZero();
        assertThat(Observed.input(seen)).isEqualTo("\4");
        assertThat(Observed.output(seen)).endsWith("it was ");
    }

    @Test
    void readsOfAFileAreNoWaits() throws Exception {
        Path script = Files.writeString(directory.resolve("script"), "echo one\necho two\n");
        Observation seen =
                Observed.observe(Launch.of("sh", "-c", "exec sh < " + script).withLimits(Observed.patient()));

        assertThat(Observed.output(seen)).isEqualTo("one\ntwo\n");
        assertThat(Observed.snapshots(seen, CheckpointKind.INPUT)).isEmpty();
    }

    @Test
    void catGetsEveryLineAndThenTheEnd() throws Exception {
        Observation seen = Observed.observe(
                Launch.of("cat").withInput(List.of("one", "", "three")).withLimits(Observed.patient()));

        assertThat(seen.ending().code()).isZero();
        assertThat(Observed.output(seen)).isEqualTo("one\n\nthree\n");
        assertThat(Observed.labels(seen, CheckpointKind.INPUT)).containsExactly("input", "one", "one", "three");
    }

    @Test
    void aShellThatEditsItsLineIsServed() throws Exception {
        assumeThat(Tool.exists("bash")).as("bash is installed").isTrue();
        Observation seen = Observed.observe(Launch.of("bash", "--norc", "--noprofile", "-i")
                .withInput(List.of("echo $((6*7))", "exit 3"))
                .withLimits(Observed.patient()));

        assertThat(seen.ending().code()).as(Observed.describe(seen)).isEqualTo(3);
        assertThat(Observed.output(seen)).contains("42");
    }

    @Test
    void aShellThatEditsItsLineMeetsTheEndOfTheInput() throws Exception {
        assumeThat(Tool.exists("bash")).as("bash is installed").isTrue();
        Observation seen = Observed.observe(Launch.of("bash", "--norc", "--noprofile", "-i")
                .withInput(List.of("ulimit -t unlimited"))
                .withLimits(Observed.patient()));

        assertThat(seen.ending().code()).as(Observed.describe(seen)).isZero();
    }

    @Test
    void pythonsPromptIsServed() throws Exception {
        String python = Programs.python();
        Observation seen = Observed.observe(Launch.of(python, "-q", "-E", "-s")
                .withInput(List.of("print(6 * 7)", "import sys; sys.exit(4)"))
                .withLimits(Observed.patient()));

        assertThat(seen.ending().code()).as(Observed.describe(seen)).isEqualTo(4);
        assertThat(Observed.output(seen)).contains("42");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nano", "clock"})
    void aSleepOfAnHourIsACheckpointAndIsSkipped(String how) throws Exception {
        Observation seen = Observed.observe(Observed.launch("sleeps", how));

        assertThat(seen.ending().code()).as(Observed.describe(seen)).isZero();
        assertThat(Observed.labels(seen, CheckpointKind.SLEEP)).containsExactly("sleep");
        assertThat(milliseconds(seen)).isLessThan(3_600_000);
    }

    @Test
    void aShortSleepIsSlept() throws Exception {
        Observation seen = Observed.observe(Observed.launch("sleeps", "half"));

        assertThat(Observed.snapshots(seen, CheckpointKind.SLEEP)).isEmpty();
        assertThat(milliseconds(seen)).isGreaterThanOrEqualTo(500);
    }

    @Test
    void aSleepUntilATimeIsACheckpointButNotSkipped() throws Exception {
        Observation seen = Observed.observe(Observed.launch("sleeps", "absolute"));

        assertThat(Observed.snapshots(seen, CheckpointKind.SLEEP)).hasSize(1);
        assertThat(milliseconds(seen)).isGreaterThanOrEqualTo(1200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"absolute_short", "absolute_past"})
    void aSleepUntilATimeThatIsNearOrGoneIsNoCheckpoint(String how) throws Exception {
        Observation seen = Observed.observe(Observed.launch("sleeps", how));

        assertThat(seen.ending().code()).as(Observed.describe(seen)).isZero();
        assertThat(Observed.snapshots(seen, CheckpointKind.SLEEP)).isEmpty();
    }

    @Test
    void anAlarmEndsThePauseThatWaitsForIt() throws Exception {
        Observation seen = Observed.observe(Observed.launch("sleeps", "alarm"));

        assertThat(seen.ending().code()).as(Observed.describe(seen)).isZero();
        assertThat(Observed.output(seen)).startsWith("signals 1");
        assertThat(Observed.snapshots(seen, CheckpointKind.PAUSE)).hasSize(1);
    }

    @Test
    void twoThreadsThatPauseForEverAreEnded() throws Exception {
        Observation seen = Observed.observe(Observed.launch("sleeps", "two_pauses"));

        assertThat(seen.ending().endedBy()).as(Observed.describe(seen)).contains("signal that nobody will send");
        assertThat(Observed.snapshots(seen, CheckpointKind.PAUSE)).hasSizeBetween(1, 4);
    }

    @Test
    void aSkippedSleepDoesNotOvertakeAThreadThatWorks() throws Exception {
        Observation seen = Observed.observe(Observed.launch("sleeps", "overtake"));

        assertThat(Observed.output(seen)).startsWith("worked 1");
    }

    @Test
    void aPauseIsNotEndedWhileAChildMayStillSendTheSignal() throws Exception {
        Observation seen = Observed.observe(Observed.launch("sleeps", "signalled"));

        assertThat(seen.ending().code()).as(Observed.describe(seen)).isZero();
        assertThat(Observed.output(seen)).startsWith("signals 1");
    }

    private static long milliseconds(Observation seen) {
        Matcher matcher = Pattern.compile("(\\d+) ms").matcher(Observed.output(seen));
        assertThat(matcher.find()).as(Observed.describe(seen)).isTrue();
        return Long.parseLong(matcher.group(1));
    }
}
