package org.brkmap.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.brkmap.analyse.Analyser;
import org.brkmap.analyse.Replay;
import org.brkmap.libc.Errno;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Observation;
import org.brkmap.model.Snapshot;
import org.brkmap.toolchain.NeedsGcc;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The order of the events is the order of the changes, however many threads make them and however they end. */
@NeedsGcc
@Timeout(240)
class SerialTest {
    private static final int WORKERS = 4;
    private static final int TURNS = 300;

    @TempDir
    Path directory;

    @RepeatedTest(5)
    void theCallsOfFourThreadsReplayToEverySnapshot() throws Exception {
        Observation seen = Observed.observe(Observed.launch("threads").withoutPages());

        assertThat(seen.ending().isSuccess()).as(Observed.describe(seen)).isTrue();
        assertThat(seen.events())
                .filteredOn(event -> event.call().equals("munmap"))
                .hasSizeGreaterThanOrEqualTo(WORKERS * TURNS);
        assertThat(seen.events()).extracting(MemoryEvent::seq).isSorted().doesNotHaveDuplicates();
        assertThat(seen.events()).extracting(MemoryEvent::nanos).isSorted();
        assertThat(Replay.of(seen).discrepancies()).isEmpty();
    }

    /** One that did not know of the unmapping before would be given a range that another still has. */
    @Test
    void noThreadIsGivenMemoryThatAnotherHas() throws Exception {
        Observation seen = Observed.observe(Observed.launch("threads").withoutPages());
        TreeMap<Long, Long> taken = new TreeMap<>();

        for (MemoryEvent event : seen.events()) {
            boolean chosen = event.call().equals("mmap") && event.arg(0) == 0 && event.succeeded();
            if (chosen) {
                long start = event.result();
                long end = start + roundUp(event.arg(1));
                assertThat(taken.headMap(end).values())
                        .as("event " + event.seq())
                        .allMatch(other -> other <= start);
                taken.put(start, end);
            } else if (event.call().equals("munmap") && event.succeeded()) {
                unmap(taken, event.arg(0), event.arg(0) + roundUp(event.arg(1)));
            }
        }
        assertThat(taken).isNotEmpty();
    }

    private static void unmap(TreeMap<Long, Long> taken, long start, long end) {
        List<Long> touched = taken.headMap(end).entrySet().stream()
                .filter(entry -> entry.getValue() > start)
                .map(Map.Entry::getKey)
                .toList();
        for (long from : touched) {
            long to = taken.remove(from);
            if (from < start) {
                taken.put(from, start);
            }
            if (to > end) {
                taken.put(end, to);
            }
        }
    }

    private static long roundUp(long length) {
        return (length + 4095) & -4096;
    }

    @Test
    void aScriptIsObservedAsItsInterpreter() throws Exception {
        Path script = Files.writeString(directory.resolve("script"), "#!/bin/sh\necho \"$1 from a script\"\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();

        Observation seen = Observed.observe(Observed.launch(script, "greetings"));

        assertThat(Observed.output(seen)).as(Observed.describe(seen)).isEqualTo("greetings from a script\n");
        assertThat(seen.snapshots().get(0).layout().executable())
                .isEqualTo(Path.of("/bin/sh").toRealPath().toString());
        assertThat(Replay.of(Analyser.analyse(seen).observation()).discrepancies())
                .isEmpty();
    }

    /** SIGKILL may come before a call is carried out, in the middle of it, or before its result is seen. */
    @Test
    void aCallCutOffByAKillIsNoSuccessWithoutAResult() throws Exception {
        Path program = Observed.program("busy");
        for (int round = 0; round < 40; round++) {
            Observation seen = killed(program, "cut" + round, round);

            assertThat(seen.ending().signal()).isEqualTo("SIGKILL");
            assertThat(seen.events())
                    .filteredOn(event -> event.call().equals("mmap") && event.succeeded())
                    .noneMatch(event -> event.result() == 0);
            assertThat(seen.events())
                    .filteredOn(event -> Integer.valueOf(Errno.EINTR).equals(event.errno()))
                    .as("one at most for each thread")
                    .hasSizeLessThanOrEqualTo(2);
            assertThat(Replay.of(seen).discrepancies()).isEmpty();
        }
    }

    @Test
    void aCallCutOffInTheMiddleHasTheResultThatTheLastSnapshotShows() throws Exception {
        Observation seen = Observed.observe(Observed.launch("calls", "cut_off").withoutPages());

        assertThat(seen.ending().signal()).as(Observed.describe(seen)).isEqualTo("SIGKILL");
        Snapshot last = seen.snapshots().get(seen.snapshots().size() - 1);
        assertThat(seen.events())
                .filteredOn(event -> event.call().equals("mmap") && event.arg(1) == 512L << 20)
                .singleElement()
                .satisfies(event -> assertThat(last.mappingAt(event.result())).isPresent());
        assertThat(Replay.of(seen).discrepancies()).isEmpty();
    }

    private static Observation killed(Path program, String mark, int round) throws Exception {
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
                () -> seen.isDone() || Live.running(program, mark).stream().anyMatch(pid -> Live.threads(pid) > 1));
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(37L * round));
        Live.await("it is killed", () -> seen.isDone() || kill(program, mark));
        return seen.get(1, TimeUnit.MINUTES);
    }

    private static boolean kill(Path program, String mark) throws Exception {
        List<Integer> family = Live.running(program, mark);
        return !family.isEmpty() && family.stream().allMatch(Live::kill);
    }
}
