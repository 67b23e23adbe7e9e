package lab6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brkmap.check.MemoryAssertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.brkmap.analyse.Analysis;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Recipe;
import org.brkmap.lab.ShownAfter;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab6")
@Order(6)
@DisplayName("Shared, private, and named")
class MappingsTest {
    private static final long SEGMENT = 256;
    private static final long TOUCHED = 65536;
    private static final long WRITTEN = 32768;

    private static final Recipe NAMES = Recipe.of("names: POSIX shared memory and a memfd", "sample-c/names/names.c")
            .flags("-Wl,--no-as-needed", "-lrt");

    @Test
    @Order(1)
    @DisplayName("Four kinds of mapping, written from either side")
    @ShownAfter("cells")
    void fourKindsOfMapping(Bench bench) {
        Watched watched = Watched.of(bench, Forks.CELLS);
        List<String> findings = new ArrayList<>();
        for (Cells cell : Cells.values()) {
            String child = cell.seenBy(watched, true);
            String parent = cell.seenBy(watched, false);
            String expected = cell == Cells.SHARED_FILE ? "all" : cell == Cells.SHARED_ANONYMOUS ? "both" : "writer";
            assertThat(child)
                    .as("who finds what the child wrote to %s", cell.title())
                    .isEqualTo(expected);
            assertThat(parent)
                    .as("who finds what the parent wrote to %s", cell.title())
                    .isEqualTo(expected);
            findings.add(String.format(Locale.ROOT, "%-28s %s", cell.title(), expected));
        }
        bench.found("%s", String.join("\n", findings));
    }

    @Test
    @Order(2)
    @DisplayName("A System V segment, from shmget to its end")
    @Exercise(id = "sysv", kind = ExerciseKind.OBSERVE, points = 3)
    void aSystemVSegment(Bench bench) {
        Analysis run = Segments.run(bench, SEGMENT, TOUCHED, 4096);
        int parent = Processes.parent(run);
        assertThat(Processes.at(run, "got", parent)).hasNo(Role.SHARED);
        MemoryEvent attached = Segments.attached(run);
        AddressRange range = AddressRange.ofLength(attached.result(), SEGMENT * Processes.KIB);
        assertThat(Processes.at(run, "attached", parent)).covers(range);
        assertThat(Processes.usage(Segments.row(run, "attached")).rss())
                .as("bytes of it in memory before the first touch")
                .isZero();
        assertThat(Processes.usage(Segments.row(run, "touched")).rss())
                .as("bytes of it in memory when %d have been touched, page by page", TOUCHED)
                .isGreaterThanOrEqualTo(TOUCHED);
        assertThat(Segments.row(run, "touched")).hasRole(Role.SHARED).hasPermissions("rw-s");
        assertThat(Processes.at(run, "detached", parent)).doesNotCover(range);
        assertThat(Segments.leftBy(run, bench))
                .as("segments that are left when the program has ended")
                .isEmpty();
        bench.found("shmget maps nothing, shmat %d KiB of which none is in memory, shmdt takes them away", SEGMENT);
    }

    @Test
    @Order(3)
    @DisplayName("POSIX shared memory and a memfd are files of tmpfs, and outlive their names")
    @Exercise(id = "names", kind = ExerciseKind.OBSERVE, points = 1)
    void namesAreGoneAndMemoryStays(Bench bench) {
        Analysis run = bench.observe(NAMES);
        Snapshot closed = Processes.at(run, "closed", Processes.parent(run));
        for (long number = 1; number <= 2; number++) {
            Mapping row = Processes.row(closed, Processes.pointedAt(run, number));
            assertThat(row).hasRole(Role.SHARED).hasPermissions("rw-s").hasResidentAtLeast(1);
            assertThat(row.backing().name()).as("its name, which is gone").endsWith(" (deleted)");
            assertThat(Processes.anonymous(row))
                    .as("bytes of it that are anonymous")
                    .isZero();
        }
        bench.found(
                "%s and %s",
                Processes.row(closed, Processes.pointedAt(run, 1)).backing().name(),
                Processes.row(closed, Processes.pointedAt(run, 2)).backing().name());
    }

    @Test
    @Order(4)
    @DisplayName(".data bears the file's name, and becomes the process's own where it is written")
    @Exercise(id = "data", kind = ExerciseKind.OBSERVE, points = 2)
    void dataBecomesAnonymous(Bench bench) {
        Analysis run = bench.observe(
                Recipe.of("data_pages: a table in .data, half of it written", "sample-c/data_pages/data_pages.c")
                        .arguments(WRITTEN));
        Mapping before = data(Processes.at(run, "before", Processes.parent(run)));
        Mapping written = data(Processes.at(run, "written", Processes.parent(run)));
        assertThat(written.backing().name()).as("the name of the row").endsWith("/data_pages");
        assertThat(written.range()).as("the row when the table is written").isEqualTo(before.range());
        assertThat(Processes.anonymous(written) - Processes.anonymous(before))
                .as("bytes that have become the process's own")
                .isEqualTo(WRITTEN);
        bench.found(
                "Anonymous %d KiB before, %d KiB when 32 KiB were written, in a row of %d KiB",
                Processes.anonymous(before) / Processes.KIB,
                Processes.anonymous(written) / Processes.KIB,
                written.size() / Processes.KIB);
    }

    private static Mapping data(Snapshot snapshot) {
        return snapshot.mappings().stream()
                .filter(row -> row.role() == Role.PROGRAM_DATA)
                .reduce((one, other) -> one.size() >= other.size() ? one : other)
                .orElseThrow(() -> new AssertionError("the program has no .data"));
    }
}
