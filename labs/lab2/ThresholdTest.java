package lab2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brkmap.check.MemoryAssertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.brkmap.analyse.Analysis;
import org.brkmap.check.Wording;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Recipe;
import org.brkmap.lab.ShownAfter;
import org.brkmap.model.AllocatorCall;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@Lab("lab2")
@Order(7)
@DisplayName("Where the one becomes the other")
@TestInstance(Lifecycle.PER_CLASS)
class ThresholdTest {
    private static final long KIB = 1024;

    private final Map<Threshold, Threshold.Flip> flips = new EnumMap<>(Threshold.class);

    private Threshold.Flip flip(Threshold setting, Bench bench) {
        return flips.computeIfAbsent(setting, unknown -> unknown.flip(bench));
    }

    private Threshold.Flip found(Threshold setting, Bench bench) {
        Threshold.Flip flip = flip(setting, bench);
        bench.fact("first mapped size " + setting.title(), flip.firstMapped());
        bench.found("%d bytes: heap; %d bytes: mmap (%d runs)", flip.lastInHeap(), flip.firstMapped(), flip.probes());
        return flip;
    }

    @Test
    @Order(1)
    @DisplayName("In a fresh process the heap serves whatever its first top holds")
    @ShownAfter("first-large")
    void inAFreshProcessTheTopDecides(Bench bench) {
        Threshold.Flip flip = found(Threshold.FRESH, bench);
        Analysis run = bench.observe(Threshold.FRESH.request(flip.lastInHeap()));
        Glibc glibc = Glibc.of(run, bench);
        long room = Threshold.room(Threshold.malloc(run, flip.lastInHeap()), run);
        assertThat(glibc.fits(flip.lastInHeap(), room))
                .as("malloc(%d) fits into the top of %d bytes", flip.lastInHeap(), room)
                .isTrue();
        assertThat(glibc.fits(flip.firstMapped(), room))
                .as("malloc(%d) fits into the top of %d bytes", flip.firstMapped(), room)
                .isFalse();
    }

    @Test
    @Order(2)
    @DisplayName("With the top used up the size decides: chunks from 128 KiB on are mapped")
    @Exercise(id = "flip-exhausted", kind = ExerciseKind.OBSERVE, points = 1)
    void withTheTopUsedUpTheThresholdDecides(Bench bench) {
        Threshold.Flip flip = found(Threshold.EXHAUSTED, bench);
        Glibc glibc = Glibc.of(bench.observe(Threshold.EXHAUSTED.request(flip.firstMapped())), bench);
        assertThat(glibc.chunk(flip.firstMapped()))
                .as("bytes of the chunk for malloc(%d), the first that is mapped", flip.firstMapped())
                .isGreaterThanOrEqualTo(Glibc.THRESHOLD);
        assertThat(glibc.chunk(flip.lastInHeap()))
                .as("bytes of the chunk for malloc(%d), the last in the heap", flip.lastInHeap())
                .isLessThan(Glibc.THRESHOLD);
    }

    @Test
    @Order(3)
    @DisplayName("With the threshold pinned and no top pad a fresh process flips there too")
    @Exercise(id = "flip-pinned", kind = ExerciseKind.OBSERVE, points = 1)
    void pinnedTheTopNoLongerMatters(Bench bench) {
        Threshold.Flip pinned = found(Threshold.PINNED, bench);
        Threshold.Flip exhausted = flip(Threshold.EXHAUSTED, bench);
        assertThat(pinned.firstMapped())
                .as("the first size that is mapped, with the threshold pinned and with the top used up")
                .isEqualTo(exhausted.firstMapped());
    }

    @Test
    @Order(4)
    @DisplayName("127, 128 and 129 KiB go the way that the flips say, in all three settings")
    @ShownAfter("first-large")
    void theSizesOfTheBooksFollowTheFlips(Bench bench) {
        StringBuilder table = new StringBuilder();
        for (Threshold setting : Threshold.values()) {
            Threshold.Flip flip = flip(setting, bench);
            table.append(table.length() == 0 ? "" : "\n");
            for (long kib : List.of(127L, 128L, 129L)) {
                long bytes = kib * KIB;
                Recipe recipe = kib == 128
                        ? setting.request(bytes)
                        : setting.request(bytes).notKept();
                Threshold.Way way = Threshold.way(bench.observe(recipe), bytes);
                assertThat(way)
                        .as("the way of malloc(%d) %s", bytes, setting.title())
                        .isEqualTo(bytes <= flip.lastInHeap() ? Threshold.Way.HEAP : Threshold.Way.MMAP);
                table.append(
                        String.format(Locale.ROOT, "%d KiB %s  ", kib, way == Threshold.Way.HEAP ? "heap" : "mmap"));
            }
            table.append(setting.title());
        }
        bench.found("%s", table);
    }

    @Test
    @Order(5)
    @DisplayName("Where a first malloc(131072) goes, and what its heap is made with")
    @ShownAfter("first-large")
    void theFirstTopServes128KiB(Bench bench) {
        long bytes = 128 * KIB;
        Analysis run = bench.observe(Threshold.FRESH.request(bytes));
        bench.needs(
                flip(Threshold.FRESH, bench).lastInHeap() >= bytes,
                "on this machine a first malloc(" + bytes + ") is mapped");
        assertThat(run).snapshot("before").hasNoHeap();
        AllocatorCall malloc = Threshold.malloc(run, bytes);
        assertThat(run).snapshot("allocated").regionHolding(malloc.result()).hasRole(Role.HEAP);
        assertThat(run)
                .changesBetween("before", "allocated")
                .gainedOnly(Role.HEAP)
                .added(Role.HEAP)
                .areCausedBy("brk")
                .areAtLineWith("threshold.c", "malloc(size)");
        Analysis exhausted = bench.observe(Threshold.EXHAUSTED.request(bytes));
        assertThat(exhausted)
                .traceBetween("before", "allocated")
                .causedByRequestOf(bytes)
                .calls("mmap")
                .hasCount(1);
        Mapping heap = Threshold.heap(run);
        bench.found(
                "the heap is made with %s, and the block lies %d bytes into it",
                Wording.bytes(heap.size()), malloc.result() - heap.range().start());
    }
}
