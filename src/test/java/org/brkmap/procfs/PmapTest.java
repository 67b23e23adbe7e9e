package org.brkmap.procfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.brkmap.model.Mapping;
import org.brkmap.model.Usage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our reading of stopped processes, against pmap's and against the kernel's own sums. */
class PmapTest {
    private static final ProcFs PROC = ProcFs.live();
    private static final List<TestProcess> PROCESSES = new ArrayList<>();

    @TempDir
    static Path directory;

    @BeforeAll
    static void start() throws Exception {
        PROCESSES.add(TestProcess.start("sleep", "1000").asleep().stop());
        PROCESSES.add(Regions.start(directory).process());
    }

    @AfterAll
    static void end() throws IOException {
        for (TestProcess process : PROCESSES) {
            process.close();
        }
    }

    @Test
    void pmap_x_shows_the_same_rows_and_totals() throws Exception {
        for (TestProcess process : PROCESSES) {
            List<String> lines = TestProcess.output("pmap", "-x", Integer.toString(process.pid()));
            List<Mapping> ours = PROC.smaps(process.pid());
            List<List<String>> theirs = lines.stream()
                    .filter(line -> line.matches("[0-9a-f]{16} .*"))
                    .map(line -> Arrays.asList(line.trim().split(" +")).subList(0, 5))
                    .toList();
            assertThat(ours.stream().map(PmapTest::rowOfPmapX)).containsExactlyElementsOf(theirs);

            List<String> total =
                    Arrays.asList(lines.get(lines.size() - 1).trim().split(" +"));
            assertThat(total)
                    .containsExactly(
                            "total",
                            "kB",
                            kilobytes(ours.stream().mapToLong(Mapping::size).sum()),
                            kilobytes(sum(ours, Field.RSS)),
                            kilobytes(sum(ours, Field.DIRTY)));
        }
    }

    @Test
    void pmap_XX_shows_the_same_numbers_in_every_column_we_read() throws Exception {
        for (TestProcess process : PROCESSES) {
            List<String> lines = TestProcess.output("pmap", "-XX", Integer.toString(process.pid()));
            List<String> columns = List.of(lines.get(1).trim().split(" +"));
            List<List<String>> theirs = lines.stream()
                    .filter(line -> line.matches(" *[0-9a-f]{8,16} [r-][w-][x-][ps] .*"))
                    .map(line -> List.of(line.trim().split(" +")))
                    .toList();
            List<Mapping> ours = PROC.smaps(process.pid());
            assertThat(theirs).hasSameSizeAs(ours);
            for (int i = 0; i < ours.size(); i++) {
                Mapping mapping = ours.get(i);
                List<String> row = theirs.get(i);
                assertThat(row.subList(0, 5))
                        .containsExactly(
                                String.format("%08x", mapping.range().start()),
                                mapping.permissions().toString(),
                                String.format("%08x", mapping.backing().offset()),
                                String.format(
                                        "%02x:%02x",
                                        mapping.backing().major(),
                                        mapping.backing().minor()),
                                Long.toUnsignedString(mapping.backing().inode()));
                for (Field field : Field.values()) {
                    assertThat(columns).containsAll(field.columns);
                    long theirKilobytes = field.columns.stream()
                            .mapToLong(column -> Long.parseLong(row.get(columns.indexOf(column))))
                            .sum();
                    assertThat(field.of(mapping))
                            .as("%s of %s", field, mapping.range())
                            .isEqualTo(theirKilobytes * 1024);
                }
            }
        }
    }

    @Test
    void the_sum_of_smaps_is_the_rollup_of_the_kernel() throws IOException {
        for (TestProcess process : PROCESSES) {
            List<Mapping> smaps = PROC.smaps(process.pid());
            Mapping whole = smaps.get(0).withUsage(PROC.smapsRollup(process.pid()));
            for (Field field : Field.values()) {
                assertThat(sum(smaps, field)).as(field.name()).isEqualTo(field.of(whole));
            }
        }
    }

    @Test
    void VmSize_is_the_sum_of_the_rows_without_vsyscall() throws IOException {
        for (TestProcess process : PROCESSES) {
            ProcStatus status = PROC.status(process.pid());
            long mapped = PROC.maps(process.pid()).stream()
                    .filter(mapping -> !mapping.backing().isLabelled("[vsyscall]"))
                    .mapToLong(Mapping::size)
                    .sum();
            assertThat(status.virtualSize()).isEqualTo(mapped);
            assertThat(PROC.stat(process.pid()).virtualSize()).isEqualTo(mapped);
            assertThat(status.state()).isEqualTo('T');
            assertThat(status.threads()).isEqualTo(PROC.threads(process.pid()).size());
        }
    }

    /**
     * What of a stopped process cannot change, by the columns that add up to it. Whether clean pages count as shared, and Pss with
     * them, is up to the other processes of the machine: pmap itself maps the C library.
     */
    private enum Field {
        RSS(Usage::rss, "Rss"),
        CLEAN(usage -> usage.sharedClean() + usage.privateClean(), "Shared_Clean", "Private_Clean"),
        DIRTY(usage -> usage.sharedDirty() + usage.privateDirty(), "Shared_Dirty", "Private_Dirty"),
        ANONYMOUS(Usage::anonymous, "Anonymous"),
        LAZY_FREE(Usage::lazyFree, "LazyFree"),
        ANONYMOUS_HUGE(Usage::anonymousHuge, "AnonHugePages"),
        SWAP(Usage::swap, "Swap"),
        LOCKED(Usage::locked, "Locked");

        final ToLongFunction<Usage> value;
        final List<String> columns;

        Field(ToLongFunction<Usage> value, String... columns) {
            this.value = value;
            this.columns = List.of(columns);
        }

        long of(Mapping mapping) {
            return value.applyAsLong(mapping.usage());
        }
    }

    private static List<String> rowOfPmapX(Mapping mapping) {
        String permissions = mapping.permissions().toString();
        return Stream.of(
                        String.format("%016x", mapping.range().start()),
                        kilobytes(mapping.size()),
                        kilobytes(Field.RSS.of(mapping)),
                        kilobytes(Field.DIRTY.of(mapping)),
                        permissions.substring(0, 3) + (mapping.permissions().shared() ? "s" : "-") + "-")
                .toList();
    }

    private static long sum(List<Mapping> mappings, Field field) {
        return mappings.stream().mapToLong(field::of).sum();
    }

    private static String kilobytes(long bytes) {
        return Long.toString(bytes / 1024);
    }
}
