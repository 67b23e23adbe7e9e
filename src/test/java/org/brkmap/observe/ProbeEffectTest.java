package org.brkmap.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.brkmap.analyse.Analyser;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Observation;
import org.brkmap.toolchain.NeedsGcc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The probe does not change what it helps to see, and what it says cannot be made to do harm. */
@NeedsGcc
@Timeout(240)
class ProbeEffectTest {
    private static final String TURNS = "20";

    @Test
    void mallocTurnsToMmapAtTheSameSizeWithAndWithout() throws Exception {
        long with = firstMappedSize(true);

        assertThat(with).isBetween(1L << 10, (1L << 20) - 1);
        assertThat(firstMappedSize(false)).isEqualTo(with);
    }

    /** The least size that malloc maps as the first call of a program. */
    private static long firstMappedSize(boolean probe) throws Exception {
        long onHeap = 1 << 10;
        long mapped = 1 << 20;
        while (mapped - onHeap > 1) {
            long size = (onHeap + mapped) >>> 1;
            if (isMapped(size, probe)) {
                mapped = size;
            } else {
                onHeap = size;
            }
        }
        return mapped;
    }

    private static boolean isMapped(long size, boolean probe) throws Exception {
        Observation seen = Observed.observe(launch(probe, "one", String.valueOf(size)));
        List<String> calls =
                Observed.between(seen, Observed.marked(seen, "before"), Observed.marked(seen, "after")).stream()
                        .map(MemoryEvent::call)
                        .toList();
        assertThat(calls).as(Observed.describe(seen)).isNotEmpty();
        return calls.contains("mmap");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 12, 100})
    void theBreakGrowsByTheSameSteps(int blocks) throws Exception {
        List<Long> with = growths(true, blocks);

        assertThat(with).isNotEmpty().allMatch(step -> step > 0);
        assertThat(growths(false, blocks)).isEqualTo(with);
    }

    private static List<Long> growths(boolean probe, int blocks) throws Exception {
        Observation seen = Observed.observe(launch(probe, "many", String.valueOf(blocks)));
        List<Long> steps = new ArrayList<>();
        Long last = null;
        for (MemoryEvent event : seen.events()) {
            if (event.call().equals("brk")) {
                if (last != null && event.result() != last) {
                    steps.add(event.result() - last);
                }
                last = event.result();
            }
        }
        return steps;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aProgramThatWritesOverTheSharedMemoryChangesNothingTheKernelShowed(long seed) throws Exception {
        Observation honest = Observed.observe(launch(true, "scribble", TURNS));
        Observation hostile = Observed.observe(launch(true, "scribble", String.valueOf(seed), "hostile"));

        assertThat(hostile.ending().isSuccess()).as(Observed.describe(hostile)).isTrue();
        assertThat(calls(hostile)).hasSizeGreaterThan(60).isEqualTo(calls(honest));
        assertThat(hostile.allocations())
                .isSortedAccordingTo((one, other) -> Long.compare(one.afterEvent(), other.afterEvent()))
                .allMatch(call -> call.afterEvent() <= hostile.events().size())
                .noneMatch(call -> call.call().operation().equals("none"));
        assertThat(hostile.events())
                .filteredOn(event -> event.cause() != null)
                .noneMatch(event -> event.cause().operation().equals("none"));
        assertThat(hostile.allocationsDropped()).isNotNegative();
        assertThat(Analyser.analyse(hostile).changes())
                .hasSameSizeAs(Analyser.analyse(honest).changes());
    }

    /** Calls and lengths of the kernel between the two marks. */
    private static List<String> calls(Observation seen) {
        return Observed.between(seen, Observed.marked(seen, "before"), Observed.marked(seen, "after")).stream()
                .map(event -> event.call() + " " + (event.call().equals("brk") ? "" : event.arg(1)))
                .toList();
    }

    @Test
    void aProgramCannotTakeTheSharedMemoryFromUnderTheTracer() throws Exception {
        Observation seen = Observed.observe(launch(true, "shrink"));

        assertThat(Observed.output(seen)).isEqualTo("refused\n");
        assertThat(seen.ending().isSuccess()).isTrue();
        assertThat(seen.allocations()).isNotEmpty();
    }

    private static Launch launch(boolean probe, String... arguments) throws Exception {
        Launch launch = Observed.launch("calls", arguments).withoutPages();
        return probe ? launch : launch.withoutProbe();
    }
}
