package lab3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brkmap.analyse.Analysis;
import org.brkmap.model.AllocatorCall;
import org.brkmap.model.AllocatorCounts;
import org.brkmap.model.Snapshot;

/** Which calls of the allocator came before a moment, and which blocks were alive then. */
final class Requests {
    /** Blocks below this are the C library's own. */
    private static final long LARGE = 1000;

    private Requests() {}

    /** The calls between two moments of a program with one thread. */
    static List<AllocatorCall> between(Analysis run, Snapshot from, Snapshot to) {
        return run.observation().allocations().stream()
                .skip(calls(from))
                .limit(calls(to) - calls(from))
                .toList();
    }

    /** At this moment there is one block of the string, of this length; the stdio buffers are not asked for here. */
    static void areOneStringEach(Analysis run, Snapshot moment, long length) {
        Map<Long, Long> alive = new LinkedHashMap<>();
        run.observation().allocations().stream().limit(calls(moment)).forEach(call -> {
            Long pointer = call.call().pointer();
            if (pointer != null) {
                alive.remove(pointer);
            }
            Long size = call.call().size();
            if (call.result() != 0 && size != null && size >= LARGE) {
                alive.put(call.result(), size);
            }
        });
        assertThat(alive.values())
                .as("lengths of the blocks in use when the string has %d characters", length)
                .hasSize(1)
                .allMatch(size -> size >= length && size <= length + 16, "the string and little more");
    }

    private static long calls(Snapshot moment) {
        AllocatorCounts counts = moment.allocations();
        return counts == null ? 0 : counts.mallocs() + counts.callocs() + counts.reallocs() + counts.frees();
    }
}
