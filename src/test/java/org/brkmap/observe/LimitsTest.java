package org.brkmap.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Limits;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Observation;
import org.brkmap.model.Snapshot;
import org.brkmap.toolchain.NeedsGcc;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsGcc
@Timeout(240)
class LimitsTest {
    private static final Duration SHORT = Duration.ofSeconds(1);

    @Test
    void aProgramThatComputesForEverIsEndedAtTheTimeLimit() throws Exception {
        Observation seen = Observed.observe(
                Observed.launch(Observed.sample("misbehave/hang.c")).withLimits(Observed.within(SHORT)));

        assertThat(seen.ending().describe()).isEqualTo("ended by the harness: time limit of 1 s");
        assertThat(seen.ending().detail()).isEqualTo("it was running, not waiting for anything");
        assertThat(Observed.labels(seen, CheckpointKind.LIMIT)).containsExactly("time limit of 1 s");
        assertNothingIsLeft(seen);
    }

    @Test
    void aProgramThatPrintsForEverIsEndedAtTheOutputLimit() throws Exception {
        int most = 100_000;
        Observation seen = Observed.observe(Observed.launch(Observed.sample("misbehave/flood.c"))
                .withLimits(new Limits(Duration.ofMinutes(2), most, 0, 64)));

        assertThat(seen.ending().endedBy()).isEqualTo("output limit of 100000 bytes");
        assertThat(Observed.output(seen)).hasSize(most).startsWith("line 1 of a program that does not stop\n");
        assertNothingIsLeft(seen);
    }

    @RepeatedTest(10)
    void aForkBombIsEndedAtTheProcessLimit() throws Exception {
        int most = 20;
        Observation seen = Observed.observe(Observed.launch(Observed.sample("misbehave/fork.c"), "0")
                .withLimits(new Limits(Duration.ofMinutes(2), 4 << 20, 0, most)));

        assertThat(seen.ending().endedBy()).as(Observed.describe(seen)).isEqualTo("limit of 20 processes and threads");
        assertThat(processes(seen)).hasSizeBetween(most, 2 * most);
        assertNothingIsLeft(seen);
    }

    @Test
    void aProgramThatStartsOthersForEverIsEndedAtTheTimeLimit() throws Exception {
        Observation seen = Observed.observe(
                Observed.launch("children", "spawn_loop").withoutPages().withLimits(Observed.within(SHORT)));

        assertThat(seen.ending().endedBy()).as(Observed.describe(seen)).isEqualTo("time limit of 1 s");
        assertNothingIsLeft(seen);
    }

    @Test
    void aProgramThatPausesAndIgnoresSignalsIsEnded() throws Exception {
        Observation seen = Observed.observe(Observed.launch(Observed.sample("misbehave/silent.c")));

        assertThat(seen.ending().endedBy())
                .as(Observed.describe(seen))
                .isEqualTo("it waits for a signal that nobody will send");
        assertThat(Observed.snapshots(seen, CheckpointKind.PAUSE)).isNotEmpty();
        assertNothingIsLeft(seen);
    }

    @Test
    void aProgramThatAsksForEverGetsEightKeysAnEndOfFileAndAHangUp() throws Exception {
        Observation seen = Observed.observe(Observed.launch(Observed.sample("misbehave/wait_forever.c")));

        assertThat(seen.ending().endedBy())
                .isEqualTo("it went on waiting for input: 8 keys and an end of file did not end it");
        assertThat(Observed.input(seen)).isEqualTo("\n".repeat(8) + "\4");
        assertThat(Observed.snapshots(seen, CheckpointKind.INPUT)).hasSize(10);
    }

    @Test
    void aProgramThatAsksAfterItsLinesAreUsedUpIsEnded() throws Exception {
        Observation seen = Observed.observe(
                Observed.launch(Observed.sample("misbehave/wait_forever.c")).withInput(List.of("one", "two")));

        assertThat(seen.ending().endedBy())
                .isEqualTo("it went on waiting for input after all 2 lines and an end of file");
        assertThat(Observed.input(seen)).isEqualTo("one\ntwo\n\4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sleep", "read"})
    void aProgramThatIgnoresTheHangUpIsKilled(String how) throws Exception {
        Observation seen = Observed.observe(Observed.launch("stubborn", how));

        assertThat(seen.ending().endedBy())
                .as(Observed.describe(seen))
                .startsWith(how.equals("sleep") ? "it slept 8 times" : "it went on waiting for input");
        assertNothingIsLeft(seen);
    }

    @Test
    void aProgramThatStoppedItselfIsEndedAtTheTimeLimit() throws Exception {
        Observation seen =
                Observed.observe(Observed.launch("children", "stop_for_ever").withLimits(Observed.within(SHORT)));

        assertThat(seen.ending().endedBy()).as(Observed.describe(seen)).isEqualTo("time limit of 1 s");
        assertThat(seen.ending().detail()).isEqualTo("it was stopped by a signal");
        assertThat(Observed.kinds(seen)).containsExactly(CheckpointKind.EXEC, CheckpointKind.LIMIT);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 42, 201, 255})
    void theExitStatusIsTheProgramsOwn(int code) throws Exception {
        Observation seen = Observed.observe(Observed.launch("stubborn", "exit", String.valueOf(code)));

        assertThat(seen.ending().code()).isEqualTo(code);
    }

    @Test
    void memoryPastTheLimitIsRefusedToTheProgram() throws Exception {
        long limit = 64 << 20;
        Launch launch = Observed.launch("stubborn", "hold", String.valueOf(limit))
                .withLimits(new Limits(Duration.ofMinutes(2), 4 << 20, limit, 64));

        assertThat(Observed.output(Observed.observe(launch))).isEqualTo("ENOMEM\n");
        assertThat(Observed.output(Observed.observe(Observed.launch("stubborn", "hold", String.valueOf(limit)))))
                .isEqualTo("there was room\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"spin", "sleep"})
    void anInterruptedObserverLeavesNothingBehind(String how) throws Exception {
        Path program = Observed.program("stubborn");
        FutureTask<Observation> task =
                new FutureTask<>(() -> Observed.observe(Observed.launch(program, how, "interrupted")));
        Thread thread = new Thread(task, "observing");
        thread.start();
        Live.await(
                "the program runs", () -> Live.running(program, "interrupted").size() == 1);
        thread.interrupt();

        assertThatThrownBy(task::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(Live.running(program, "interrupted")).isEmpty();
    }

    @Test
    void killedFromOutsideAtAnyMomentItEndsBySigkill() throws Exception {
        Path program = Observed.program("busy");
        for (int round = 0; round < 50; round++) {
            String mark = "killed" + round;
            Launch launch = Observed.launch(program, mark).withoutPages();
            CompletableFuture<Observation> seen = CompletableFuture.supplyAsync(() -> {
                try {
                    return Observed.observe(launch);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            Live.await(
                    "the program has two threads",
                    () -> seen.isDone()
                            || Live.running(program, mark).stream()
                                    .anyMatch(pid -> Live.threads(pid) > 1 && Live.kill(pid)));

            assertThat(seen.join().ending().signal()).isEqualTo("SIGKILL");
        }
    }

    /** The processes that a run had, by its events and snapshots. */
    private static Set<Integer> processes(Observation seen) {
        Set<Integer> pids = new TreeSet<>();
        seen.snapshots().stream().map(Snapshot::pid).forEach(pids::add);
        seen.events().stream().map(MemoryEvent::pid).forEach(pids::add);
        seen.events().stream()
                .filter(event -> event.call().contains("fork") || event.call().equals("clone"))
                .filter(MemoryEvent::succeeded)
                .forEach(event -> pids.add((int) event.result()));
        return pids;
    }

    private static void assertNothingIsLeft(Observation seen) {
        assertThat(processes(seen)).isNotEmpty().noneMatch(Live::lives);
    }
}
