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
import org.brkmap.lab.ShownAfter;
import org.brkmap.model.AddressRange;
import org.brkmap.model.AllocatorCall;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Role;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab2")
@Order(6)
@DisplayName("Large blocks are mapped")
class LargeBlocksTest {
    private static final long LARGE = 256 * 1024;

    @Test
    @Order(1)
    @DisplayName("Each block of 256 KiB is one mmap, and the heap stays as it is")
    @Exercise(id = "large-mmap", kind = ExerciseKind.OBSERVE, points = 1)
    void eachLargeBlockIsOneMmap(Bench bench) {
        Analysis run = Blocks.run(LARGE, bench);
        int mallocs = Blocks.mallocs(run, LARGE).size();
        var calls =
                assertThat(run).traceBetween(Blocks.FIRST_KEY, Blocks.FREE_KEY).causedByRequestOf(LARGE);
        calls.calls("mmap").hasCount(mallocs).allSucceeded();
        calls.calls("brk").isEmpty();
        var changes = assertThat(run).changesBetween(Blocks.FIRST_KEY, Blocks.FREE_KEY);
        changes.leftAlone(Role.HEAP);
        changes.gained(Role.ANONYMOUS)
                .areCausedBy("mmap")
                .areOnBehalfOf("malloc")
                .areAtLineWith(Blocks.SOURCE, Blocks.MALLOC_LINE);
        bench.found(
                "%d calls of malloc, %d of mmap, no move of the break",
                mallocs, maps(run).size());
    }

    @Test
    @Order(2)
    @DisplayName("The mapping is longer than the block: header and rounding to pages")
    @ShownAfter("mapped-length")
    void theMappingHoldsTheHeaderAndIsRoundedToPages(Bench bench) {
        Analysis run = Blocks.run(LARGE, bench);
        Glibc glibc = Glibc.of(run, bench);
        assertThat(maps(run))
                .as("lengths given to mmap for malloc(" + LARGE + ")")
                .extracting(mmap -> mmap.arg(1))
                .containsOnly(glibc.mapped(LARGE));
        List<AllocatorCall> mallocs = Blocks.mallocs(run, LARGE);
        for (int i = 0; i < mallocs.size(); i++) {
            assertThat(mallocs.get(i).result() - maps(run).get(i).result())
                    .as("bytes from the start of mapping " + i + " to the pointer that malloc returned")
                    .isEqualTo(Glibc.HEADER);
        }
        long length = maps(run).get(0).arg(1);
        bench.fact("length of the mapping for " + LARGE + " bytes", length);
        bench.found(
                "malloc(%d) maps %d bytes, %d pages; the pointer is %d bytes into it",
                LARGE, length, length / glibc.page(), Glibc.HEADER);
    }

    @Test
    @Order(3)
    @DisplayName("free of the last block unmaps it at once")
    @Exercise(id = "large-free", kind = ExerciseKind.OBSERVE, points = 1)
    void freeUnmapsTheBlock(Bench bench) {
        Analysis run = Blocks.run(LARGE, bench);
        List<MemoryEvent> maps = maps(run);
        MemoryEvent last = maps.get(maps.size() - 1);
        AddressRange block = AddressRange.ofLength(last.result(), last.arg(1));
        assertThat(run).snapshot(Blocks.FREE_KEY).covers(block);
        assertThat(run).snapshot(Blocks.LAST_KEY).doesNotCover(block);
        assertThat(run)
                .changesBetween(Blocks.FREE_KEY, Blocks.LAST_KEY)
                .lost(Role.ANONYMOUS)
                .shrankBy(block.length())
                .areCausedBy("munmap")
                .areAtLineWith(Blocks.SOURCE, Blocks.FREE_LINE);
        bench.found("munmap gave back %s", Wording.bytes(block.length()));
    }

    @Test
    @Order(4)
    @DisplayName("The other nine blocks are still there at the end: the program has lost their addresses")
    @Exercise(id = "large-leak", kind = ExerciseKind.OBSERVE, points = 1)
    void theOtherBlocksLeak(Bench bench) {
        Analysis run = Blocks.run(LARGE, bench);
        List<MemoryEvent> maps = maps(run);
        long leaked = 0;
        for (MemoryEvent map : maps.subList(0, maps.size() - 1)) {
            assertThat(run).snapshot(Blocks.LAST_KEY).covers(AddressRange.ofLength(map.result(), map.arg(1)));
            leaked += map.arg(1);
        }
        bench.found("%s leaked, all of it still mapped", Wording.bytes(leaked));
    }

    /** The mappings that malloc made, one for each block. */
    private static List<MemoryEvent> maps(Analysis run) {
        List<MemoryEvent> maps = run.observation().events().stream()
                .filter(event -> event.call().equals("mmap") && Threshold.isFor(event, LARGE))
                .toList();
        assertThat(maps.size()).as("calls of mmap for malloc(%d)", LARGE).isEqualTo(Blocks.STEPS);
        return maps;
    }
}
