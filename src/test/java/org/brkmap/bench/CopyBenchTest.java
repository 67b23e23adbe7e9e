package org.brkmap.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.brkmap.bench.CopyCell.Cache;
import org.brkmap.bench.CopyCell.Destination;
import org.brkmap.toolchain.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyBenchTest {
    private static final String OTHER = "copy-file-range";

    @TempDir
    Path folder;

    @Test
    void every_way_is_measured_in_every_round_of_every_cell() throws IOException, InterruptedException {
        List<CopyResults> kept = new ArrayList<>();
        CopyResults results = new CopyBench(plan(4096, Cache.values()), folder, progress -> {}, kept::add).run();
        assertThat(results.finished()).isTrue();
        assertThat(results.cells()).extracting(CopyCell::destination).containsOnly(Destination.values());
        for (CopyCell cell : results.cells()) {
            for (CopyStrategy strategy : results.strategies()) {
                assertThat(results.of(cell, strategy.id()))
                        .as(strategy.id() + ", " + cell.circumstances())
                        .extracting(CopyRun::round)
                        .containsExactlyElementsOf(rounds());
            }
        }
        assertThat(kept).hasSize(plan(4096, Cache.values()).cells().size());
        assertThat(left()).isEmpty();
    }

    @Test
    void a_cold_source_is_out_of_the_page_cache_or_the_cell_is_not_measured() throws IOException, InterruptedException {
        CopyResults results = new CopyBench(plan(1 << 20, Cache.COLD), folder, progress -> {}, soFar -> {}).run();
        assertThat(results.runs().isEmpty()).isNotEqualTo(results.unmeasured().isEmpty());
    }

    @Test
    void an_interrupted_run_keeps_its_finished_rounds_and_no_file() throws IOException, InterruptedException {
        int[] seen = {0};
        CopyResults results = new CopyBench(
                        plan(4096, Cache.WARM),
                        folder,
                        progress -> {
                            if (seen[0]++ == 3) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        soFar -> {})
                .run();
        assertThat(results.finished()).isFalse();
        assertThat(new TreeSet<>(results.runs().stream().map(CopyRun::round).toList()))
                .containsExactly(1, 2, 3);
        assertThat(left()).isEmpty();
    }

    @Test
    void an_interruption_while_the_next_source_is_made_keeps_what_was_measured()
            throws IOException, InterruptedException {
        CopyResults results = new CopyBench(
                        plan(List.of(4096L, 1L << 20), Cache.WARM),
                        folder,
                        progress -> {},
                        soFar -> Thread.currentThread().interrupt())
                .run();
        assertThat(results.finished()).isFalse();
        assertThat(results.cells()).extracting(CopyCell::bytes).containsOnly(4096L);
        assertThat(results.runs()).extracting(CopyRun::round).contains(CopyPlan.FEWEST_ROUNDS);
        assertThat(left()).isEmpty();
    }

    @Test
    void results_that_cannot_be_kept_for_a_while_cost_nothing() throws IOException, InterruptedException {
        CopyResults results = new CopyBench(plan(4096, Cache.WARM), folder, progress -> {}, soFar -> {
                    throw new IOException("no room for the results");
                })
                .run();
        assertThat(results.finished()).isTrue();
        assertThat(results.notes()).containsExactly("for a while: no room for the results");
        assertThat(results.cells()).hasSize(Destination.values().length);
    }

    @Test
    void what_no_page_leaves_is_no_cold_source_and_the_page_says_so() throws IOException, InterruptedException {
        Path memory = Path.of("/dev/shm");
        assumeThat(Files.isWritable(memory) && Files.getFileStore(memory).type().equals("tmpfs"))
                .as("a file system in memory")
                .isTrue();
        Path parent = Files.createTempDirectory(memory, "brkmap-test");
        try {
            CopyResults results = new CopyBench(plan(4096, Cache.values()), parent, progress -> {}, soFar -> {}).run();
            assertThat(results.finished()).isTrue();
            assertThat(results.unmeasured().keySet())
                    .extracting(CopyCell::cache, CopyCell::destination)
                    .containsExactly(tuple(Cache.COLD, Destination.NEW), tuple(Cache.COLD, Destination.OVERWRITTEN));
            assertThat(results.unmeasured().values()).allMatch(why -> why.contains("stayed in the page cache"));
            assertThat(CopyPage.of(results)).contains("Cold source, new destination, not synced: n/a");
            assertThat(CopyFiles.text(results)).contains("4 KiB, cold source, new destination, not synced: n/a, ");
            assertThat(CopyFiles.json(results)).contains("\"not_measured\":[{\"bytes\":4096,\"cache\":\"cold\"");
        } finally {
            Files.delete(parent);
        }
    }

    @Test
    void a_disk_that_gets_full_meanwhile_costs_the_runs_and_not_the_others() throws IOException, InterruptedException {
        assumeThat(mounted()).as("a small file system may be mounted here").isTrue();
        try {
            CopyResults results = new CopyBench(
                            plan(List.of(8L << 20, 16L << 20), Cache.WARM),
                            folder,
                            progress -> fill(folder.resolve("filler")),
                            soFar -> {})
                    .run();
            assertThat(results.finished()).isTrue();
            assertThat(results.notes()).anyMatch(note -> note.contains("ENOSPC"));
            assertThat(results.unmeasured().values()).anyMatch(why -> why.contains("source could not be made"));
            assertThat(results.of(results.plan().cells().get(0), CopyStrategy.LIMIT))
                    .isNotEmpty();
        } finally {
            Tool.run(List.of("umount", folder.toString()));
        }
    }

    @Test
    void more_than_the_disk_holds_is_refused_before_anything_is_written() throws IOException {
        assertThatIOException()
                .isThrownBy(() -> new CopyBench(plan(1L << 60, Cache.WARM), folder, progress -> {}, soFar -> {}).run())
                .withMessageContaining("--sizes");
        assertThat(left()).isEmpty();
    }

    @Test
    void what_a_killed_benchmark_left_is_removed_by_the_next() throws IOException, InterruptedException {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path stale = Files.createDirectory(folder.resolve("brkmap-copy-" + dead.pid()));
        Files.write(stale.resolve("source"), new byte[100]);
        Path alien = Files.createDirectory(folder.resolve("brkmap-copy-of-mine"));
        new CopyBench(plan(1, Cache.WARM), folder, progress -> {}, soFar -> {}).run();
        assertThat(stale).doesNotExist();
        assertThat(alien).exists();
    }

    private static CopyPlan plan(long bytes, Cache... caches) {
        return plan(List.of(bytes), caches);
    }

    private static CopyPlan plan(List<Long> sizes, Cache... caches) {
        return new CopyPlan(
                sizes,
                Set.of(caches),
                Set.of(Destination.values()),
                Set.of(false),
                CopyPlan.FEWEST_ROUNDS,
                1,
                Set.of(OTHER),
                false);
    }

    private static List<Integer> rounds() {
        return Stream.iterate(1, round -> round + 1)
                .limit(CopyPlan.FEWEST_ROUNDS)
                .toList();
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString).toList();
        }
    }

    private boolean mounted() throws InterruptedException {
        try {
            return Tool.run(List.of("mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", folder.toString()))
                    .succeeded();
        } catch (IOException e) {
            return false;
        }
    }

    private static void fill(Path file) {
        byte[] block = new byte[1 << 20];
        Arrays.fill(block, (byte) 1);
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space");
        }
    }
}
