package org.brkmap.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Limits;
import org.brkmap.model.Mapping;
import org.brkmap.model.Observation;
import org.brkmap.model.Snapshot;
import org.brkmap.toolchain.NeedsGcc;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsGcc
@Timeout(240)
class OnlookerTest {
    @RepeatedTest(40)
    void readsOnceAtEveryPromptAndNamesItWhole() throws Exception {
        assertPrompts(watch(Observed.launch(Prompts.allocSize()).withoutPages(), Sight.CALLS), "proc-syscall");
    }

    @RepeatedTest(40)
    void doesSoToWhereOnlyTheKernelsFunctionIsSeen() throws Exception {
        assertPrompts(watch(Observed.launch(Prompts.allocSize()).withoutPages(), Sight.CHANNELS), "proc-wchan");
    }

    private static void assertPrompts(Observation seen, String way) {
        assertThat(seen.ending().isSuccess()).as(Observed.describe(seen)).isTrue();
        List<Snapshot> prompts = Observed.snapshots(seen, CheckpointKind.INPUT);
        assertThat(prompts)
                .as(Observed.describe(seen))
                .extracting(Snapshot::label)
                .containsExactlyElementsOf(Prompts.inOrder());
        assertThat(seen.snapshots()).hasSizeBetween(12, 13);
        assertThat(seen.snapshots()).extracting(Snapshot::id).isSorted().doesNotHaveDuplicates();
        assertThat(seen.events()).isEmpty();
        assertThat(seen.host().capabilities()).containsExactly(way);
        assertThat(seen.host().tracesCalls()).isFalse();
        assertThat(seen.notes()).anyMatch(note -> note.startsWith("causes are n/a"));
    }

    @Test
    void theProbeCountsAsItDoesUnderATracer() throws Exception {
        Launch launch = Observed.launch(Prompts.allocSize());
        Observation watched = watch(launch, Sight.CALLS);
        Observation traced = Observed.observe(launch);

        assertThat(watched.allocations()).isNotEmpty();
        assertThat(watched.allocations().stream()
                        .map(call -> call.call().operation() + call.call().size())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(traced.allocations().stream()
                        .map(call -> call.call().operation() + call.call().size())
                        .collect(Collectors.joining(" ")));
        assertThat(Observed.snapshots(watched, CheckpointKind.INPUT))
                .extracting(Snapshot::allocations)
                .isEqualTo(Observed.snapshots(traced, CheckpointKind.INPUT).stream()
                        .map(Snapshot::allocations)
                        .toList());
    }

    @Test
    void aSnapshotShowsTheSameMappingsAsUnderATracer() throws Exception {
        Launch launch = Observed.launch(Prompts.allocSize()).withoutRandomisation();
        List<List<Mapping>> watched = mappings(watch(launch, Sight.CALLS));
        List<List<Mapping>> traced = mappings(Observed.observe(launch));

        assertThat(watched).hasSize(12);
        for (int i = 0; i < watched.size(); i++) {
            assertThat(sizes(watched.get(i))).as("prompt " + i).isEqualTo(sizes(traced.get(i)));
        }
    }

    /** The probe's shared memory is another file in each run. */
    private static List<String> sizes(List<Mapping> mappings) {
        return mappings.stream()
                .filter(mapping -> !mapping.backing().name().contains("brkmap"))
                .map(mapping -> mapping.permissions() + " " + mapping.size() + " "
                        + mapping.backing().name())
                .toList();
    }

    private static List<List<Mapping>> mappings(Observation seen) {
        return Observed.snapshots(seen, CheckpointKind.INPUT).stream()
                .map(Snapshot::mappings)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"read", "readv", "select", "pselect", "poll", "ppoll", "epoll", "epoll_p", "dup", "tty", "twice"
            })
    void seesEveryWayToWaitForAKey(String call) throws Exception {
        Observation seen = watch(Observed.launch("wait_by", call).withInput(List.of("one line")), Sight.CALLS);

        assertThat(seen.ending().isSuccess()).as(Observed.describe(seen)).isTrue();
        assertThat(Observed.labels(seen, CheckpointKind.INPUT)).containsExactly("how about " + call + "?");
        assertThat(Observed.output(seen)).endsWith("it was one line\n");
    }

    @ParameterizedTest
    @EnumSource(value = Sight.class, names = "NOTHING", mode = EnumSource.Mode.EXCLUDE)
    void typesEndOfFileWhenTheLinesAreUsedUp(Sight sight) throws Exception {
        Observation seen = watch(Launch.of("cat").withLimits(Observed.patient()).withInput(List.of("a", "b")), sight);

        assertThat(seen.ending().isSuccess()).as(Observed.describe(seen)).isTrue();
        assertThat(Observed.output(seen)).isEqualTo("a\nb\n");
        assertThat(Observed.input(seen)).isEqualTo("a\nb\n\u0004");
        assertThat(Observed.snapshots(seen, CheckpointKind.INPUT)).hasSize(3);
    }

    @Test
    void readingAFileIsNoWaitForAKey() throws Exception {
        Observation seen = watch(
                Launch.of("sh", "-c", "yes | head -c 3000000 | cat >/dev/null; echo done")
                        .withLimits(Observed.patient()),
                Sight.CALLS);

        assertThat(seen.ending().isSuccess()).as(Observed.describe(seen)).isTrue();
        assertThat(Observed.snapshots(seen, CheckpointKind.INPUT)).isEmpty();
        assertThat(Observed.output(seen)).isEqualTo("done\n");
    }

    @Test
    void followsAShellAndTheProgramsItStarts() throws Exception {
        Observation seen = watch(
                Launch.of("sh", "-c", "echo first; read a; sh -c 'echo second; read b; echo $b'; echo $a")
                        .withLimits(Observed.patient())
                        .withInput(List.of("one", "two")),
                Sight.CALLS);

        assertThat(seen.ending().isSuccess()).as(Observed.describe(seen)).isTrue();
        assertThat(Observed.output(seen)).isEqualTo("first\nsecond\ntwo\none\n");
        assertThat(seen.snapshots())
                .extracting(Snapshot::pid)
                .as(Observed.describe(seen))
                .satisfies(pids -> assertThat(pids.stream().distinct()).hasSize(2));
    }

    @Test
    void tellsTheShortestLifeFromNone() throws Exception {
        Observation seen = watch(Launch.of("true").withLimits(Observed.patient()), Sight.CALLS);

        assertThat(seen.ending().code()).isZero();
    }

    @Test
    void sayWhatEndedAProgramThatGotNoKeyBecauseNobodySawItWait() throws Exception {
        Observation seen = watch(Launch.of("cat").withLimits(Observed.within(Duration.ofMillis(500))), Sight.NOTHING);

        assertThat(seen.ending().endedBy()).isEqualTo("time limit of 500 ms");
        assertThat(Observed.kinds(seen)).endsWith(CheckpointKind.LIMIT);
        assertThat(Observed.input(seen)).isEmpty();
        assertThat(seen.notes().get(0)).contains("it got none");
    }

    @Test
    void aProgramThatComputesForEverIsEndedAtTheTimeLimit() throws Exception {
        Observation seen = watch(
                Observed.launch(Observed.sample("misbehave/hang.c")).withLimits(Observed.within(Duration.ofSeconds(1))),
                Sight.CALLS);

        assertThat(seen.ending().endedBy()).as(Observed.describe(seen)).isEqualTo("time limit of 1 s");
        assertThat(Observed.kinds(seen)).endsWith(CheckpointKind.LIMIT);
        assertNothingIsLeft(seen);
    }

    @Test
    void aProgramThatPrintsForEverIsEndedAtTheOutputLimit() throws Exception {
        int most = 100_000;
        Observation seen = watch(
                Observed.launch(Observed.sample("misbehave/flood.c"))
                        .withLimits(new Limits(Duration.ofMinutes(2), most, 0, 64)),
                Sight.CALLS);

        assertThat(seen.ending().endedBy()).isEqualTo("output limit of 100000 bytes");
        assertThat(Observed.output(seen)).hasSize(most).startsWith("line 1 of a program that does not stop\n");
        assertNothingIsLeft(seen);
    }

    @RepeatedTest(5)
    void aForkBombIsEndedAtTheProcessLimit() throws Exception {
        Path program = Observed.sample("misbehave/fork.c");
        Observation seen = watch(
                Observed.launch(program, "0").withLimits(new Limits(Duration.ofMinutes(2), 4 << 20, 0, 20)),
                Sight.CALLS);

        assertThat(seen.ending().endedBy()).as(Observed.describe(seen)).isEqualTo("limit of 20 processes and threads");
        assertThat(seen.snapshots()).extracting(Snapshot::pid).noneMatch(Live::lives);
    }

    @Test
    void memoryPastTheLimitIsRefusedToTheProgram() throws Exception {
        long limit = 64 << 20;
        Launch launch = Observed.launch("stubborn", "hold", String.valueOf(limit))
                .withLimits(new Limits(Duration.ofMinutes(2), 4 << 20, limit, 64));

        assertThat(Observed.output(watch(launch, Sight.CALLS))).isEqualTo("ENOMEM\n");
    }

    @Test
    void aProgramThatAsksForEverGetsEightKeysAnEndOfFileAndAHangUp() throws Exception {
        Observation seen = watch(Observed.launch(Observed.sample("misbehave/wait_forever.c")), Sight.CALLS);

        assertThat(seen.ending().endedBy())
                .as(Observed.describe(seen))
                .isEqualTo("it went on waiting for input: 8 keys and an end of file did not end it");
        assertThat(Observed.input(seen)).isEqualTo("\n".repeat(8) + "\4");
        assertNothingIsLeft(seen);
    }

    @Test
    void aCrashIsToldByItsSignal() throws Exception {
        Observation seen = watch(Observed.launch(Observed.sample("misbehave/crash.c")), Sight.CALLS);

        assertThat(seen.ending().signal()).as(Observed.describe(seen)).isEqualTo("SIGSEGV");
    }

    private static void assertNothingIsLeft(Observation seen) {
        assertThat(seen.snapshots())
                .as(Observed.describe(seen))
                .isNotEmpty()
                .extracting(Snapshot::pid)
                .noneMatch(Live::lives);
    }

    private static Observation watch(Launch launch, Sight best) throws Exception {
        return Observer.watch(launch, best);
    }
}
