package lab5;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brkmap.analyse.Analysis;
import org.brkmap.lab.Space;
import org.brkmap.model.AllocatorCall;
import org.brkmap.model.AllocatorCounts;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Snapshot;
import org.brkmap.model.UserCall;

/** What a run took from the allocator and gave back, by the log of the malloc probe. */
final class Ledger {
    private Ledger() {}

    /** The blocks in use at a checkpoint: their sizes as asked for, by address. */
    static Map<Long, Long> inUse(Analysis run, String label) {
        Map<Long, Long> blocks = new LinkedHashMap<>();
        for (AllocatorCall each : calls(run, label)) {
            UserCall call = each.call();
            Long given = call.pointer();
            Long size = call.size();
            boolean refused = each.result() == 0 && !call.operation().equals("free");
            if (given != null && !refused) {
                blocks.remove(given);
            }
            if (each.result() != 0 && size != null) {
                blocks.put(each.result(), size);
            }
        }
        return blocks;
    }

    /** Bytes in use at a checkpoint. */
    static long bytes(Analysis run, String label) {
        return inUse(run, label).values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many blocks of this size are in use at a checkpoint. */
    static long count(Analysis run, String label, long size) {
        return inUse(run, label).values().stream().filter(each -> each == size).count();
    }

    /** The sizes of all requests of the run up to a checkpoint, in ascending order. */
    static List<Long> requests(Analysis run, String label) {
        return calls(run, label).stream()
                .filter(call -> call.result() != 0 && call.call().size() != null)
                .map(call -> call.call().size())
                .sorted()
                .toList();
    }

    /** The calls up to a checkpoint, in order. */
    private static List<AllocatorCall> calls(Analysis run, String label) {
        assertThat(run.observation().allocationsDropped())
                .as("calls of the allocator beyond those that can be noted")
                .isZero();
        Snapshot at = Space.at(run, label);
        assertThat(run.observation().events())
                .as("calls that start another process")
                .noneMatch(Ledger::forks);
        AllocatorCounts counts = at.allocations();
        if (counts == null) {
            // Nothing was called yet, or the program has an allocator of its own.
            return List.of();
        }
        List<AllocatorCall> all = run.observation().allocations();
        long[] left = {counts.mallocs(), counts.callocs(), counts.reallocs(), counts.frees()};
        int end = 0;
        while (end < all.size() && left[0] + left[1] + left[2] + left[3] > 0) {
            switch (all.get(end).call().operation()) {
                case "malloc" -> left[0]--;
                case "calloc" -> left[1]--;
                case "realloc" -> left[2]--;
                case "free" -> left[3]--;
                default -> {}
            }
            end++;
        }
        return all.subList(0, end);
    }

    private static boolean forks(MemoryEvent event) {
        return event.call().equals("fork") || event.call().equals("vfork");
    }
}
