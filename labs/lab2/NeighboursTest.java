package lab2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brkmap.check.MemoryAssertions.assertThat;

import java.util.List;
import org.brkmap.analyse.Analysis;
import org.brkmap.check.Wording;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Recipe;
import org.brkmap.model.AddressRange;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab2")
@Order(8)
@DisplayName("Neighbours merge")
class NeighboursTest {
    static final Recipe NEIGHBOURS =
            Recipe.of("neighbours: ten mapped blocks, the middle one freed", "sample-c/neighbours/neighbours.c");
    private static final String SOURCE = "neighbours.c";
    private static final String LAST_BLOCK = "block 9";

    @Test
    @Order(1)
    @DisplayName("Ten mapped blocks are ten mmaps, but not ten rows of maps")
    @Exercise(id = "rows-merge", kind = ExerciseKind.OBSERVE, points = 1)
    void blocksMergeIntoRows(Bench bench) {
        Analysis run = run(bench);
        List<MemoryEvent> maps = maps(run);
        long mapped = maps.stream().mapToLong(map -> map.arg(1)).sum();
        assertThat(run)
                .changesBetween("before", LAST_BLOCK)
                .gained(Role.ANONYMOUS)
                .grewBy(mapped)
                .areCausedBy("mmap")
                .areAtLineWith(SOURCE, "malloc(SIZE)");
        for (MemoryEvent map : maps) {
            assertThat(run).snapshot(LAST_BLOCK).covers(range(map));
        }
        int rows = rows(run, LAST_BLOCK) - rows(run, "before");
        assertThat(rows).as("anonymous rows added by %d blocks", maps.size()).isLessThan(maps.size());
        bench.found("%s more address space in %s more", Wording.bytes(mapped), Wording.count(rows, "row", "rows"));
    }

    @Test
    @Order(2)
    @DisplayName("Freeing a middle block splits its region: less memory, one row more")
    @Exercise(id = "row-splits", kind = ExerciseKind.OBSERVE, points = 1)
    void freeingAMiddleBlockSplits(Bench bench) {
        Analysis run = run(bench);
        MemoryEvent unmap = run.observation().events().stream()
                .filter(event -> event.call().equals("munmap") && event.cause() != null)
                .findFirst()
                .orElseThrow(() -> new AssertionError("free unmapped nothing"));
        AddressRange hole = AddressRange.ofLength(unmap.arg(0), unmap.arg(1));
        assertThat(maps(run))
                .as("the blocks that were mapped")
                .extracting(NeighboursTest::range)
                .contains(hole);
        assertThat(run)
                .changesBetween(LAST_BLOCK, "middle freed")
                .split(Role.ANONYMOUS)
                .shrankBy(hole.length())
                .areCausedBy("munmap")
                .areAtLineWith(SOURCE, "free(blocks[MIDDLE])");
        assertThat(run).snapshot("middle freed").doesNotCover(hole);
        for (MemoryEvent map : maps(run)) {
            if (!range(map).equals(hole)) {
                assertThat(run).snapshot("middle freed").covers(range(map));
            }
        }
        int rows = rows(run, "middle freed") - rows(run, LAST_BLOCK);
        assertThat(rows).as("rows added by freeing the middle block").isEqualTo(1);
        bench.found("%s given back, one row more", Wording.bytes(hole.length()));
    }

    private static Analysis run(Bench bench) {
        Analysis run = bench.observe(NEIGHBOURS);
        Glibc.of(run, bench);
        return run;
    }

    private static List<MemoryEvent> maps(Analysis run) {
        return run.observation().events().stream()
                .filter(event -> event.call().equals("mmap") && event.cause() != null)
                .filter(event -> event.cause().operation().equals("malloc"))
                .toList();
    }

    private static AddressRange range(MemoryEvent map) {
        return AddressRange.ofLength(map.result(), map.arg(1));
    }

    private static int rows(Analysis run, String label) {
        Snapshot snapshot = Blocks.at(run, label);
        return (int) snapshot.mappings().stream()
                .filter(mapping -> mapping.role() == Role.ANONYMOUS)
                .count();
    }
}
