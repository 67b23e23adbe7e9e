package org.brkmap.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Observation;
import org.brkmap.model.Snapshot;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@NeedsGcc
@Timeout(240)
class ParallelTest {
    private static final int OBSERVERS = 8;
    private static final int ROUNDS = 3;

    @TempDir
    Path directory;

    @Test
    void eightObservationsBesideCompilersAreEachRight() throws Exception {
        List<Path> programs = new ArrayList<>();
        for (int i = 0; i < OBSERVERS; i++) {
            programs.add(Observed.build(
                    Observed.sampleRequest("alloc_size/alloc_size.c").define("SIZE", size(i))));
        }
        AtomicBoolean observing = new AtomicBoolean(true);
        ExecutorService threads = Executors.newFixedThreadPool(OBSERVERS + 2);
        try {
            List<Future<Integer>> compilers =
                    List.of(threads.submit(() -> compile(0, observing)), threads.submit(() -> compile(1, observing)));
            List<Callable<List<Observation>>> tasks = new ArrayList<>();
            for (Path program : programs) {
                tasks.add(() -> observe(program));
            }
            List<Future<List<Observation>>> seen = threads.invokeAll(tasks);
            observing.set(false);

            for (int i = 0; i < OBSERVERS; i++) {
                for (Observation observation : seen.get(i).get()) {
                    assertIsRight(observation, size(i));
                }
            }
            for (Future<Integer> compiler : compilers) {
                assertThat(compiler.get()).as("tools that ran beside").isPositive();
            }
        } finally {
            observing.set(false);
            threads.shutdownNow();
        }
    }

    /** Each large enough for a mapping of its own, and of another length than the others'. */
    private static int size(int observer) {
        return (256 + 16 * observer) * 1024;
    }

    private static List<Observation> observe(Path program) throws Exception {
        List<Observation> seen = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            seen.add(Observed.observe(Observed.launch(program)));
        }
        return seen;
    }

    private static void assertIsRight(Observation seen, int size) {
        assertThat(seen.ending().isSuccess()).as(Observed.describe(seen)).isTrue();
        assertThat(seen.notes()).isEmpty();
        List<Snapshot> prompts = Observed.snapshots(seen, CheckpointKind.INPUT);
        assertThat(prompts).hasSize(12);
        assertThat(seen.snapshots())
                .extracting(Snapshot::pid)
                .containsOnly(seen.snapshots().get(0).pid());
        List<MemoryEvent> allocating = Observed.between(seen, prompts.get(0), prompts.get(10));
        assertThat(allocating).hasSize(10).allSatisfy(event -> {
            assertThat(event.call()).isEqualTo("mmap");
            assertThat(event.cause()).isNotNull();
            assertThat(event.cause().size()).isEqualTo(size);
        });
    }

    /** Compiles, and runs what was compiled, until told to end; how often. */
    private Integer compile(int thread, AtomicBoolean observing) throws Exception {
        Path source = Files.writeString(directory.resolve("answer" + thread + ".c"), "int main(void) { return 42; }\n");
        String program = directory.resolve("answer" + thread).toString();
        int turns = 0;
        while (observing.get()) {
            ToolResult compiled =
                    Tool.of("gcc", "-o", program, source.toString()).run();
            assertThat(compiled.succeeded()).as(compiled.stderr()).isTrue();
            assertThat(Tool.of(program).run().exit()).isEqualTo(42);
            turns++;
        }
        return turns;
    }
}
