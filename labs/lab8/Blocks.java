package lab8;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.brkmap.analyse.Analysis;
import org.brkmap.model.AllocatorCall;

/** What a program took from malloc(3) and gave back. */
final class Blocks {
    private Blocks() {}

    /** The program's first block of at least so many bytes; the check fails if it took none. */
    static AllocatorCall atLeast(Analysis run, long bytes) {
        return run.observation().allocations().stream()
                .filter(call -> call.result() != 0
                        && call.call().size() != null
                        && call.call().size() >= bytes)
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "the program took no block of " + bytes + " bytes from the heap (malloc, calloc)"));
    }

    /** The addresses that were freed, in the whole run. */
    static Set<Long> freed(Analysis run) {
        return run.observation().allocations().stream()
                .filter(call ->
                        call.call().operation().equals("free") && call.call().pointer() != null)
                .map(call -> call.call().pointer())
                .collect(Collectors.toSet());
    }

    /** The blocks of this size that threads other than the first took, in order. */
    static List<AllocatorCall> ofThreads(Analysis run, long bytes) {
        return run.observation().allocations().stream()
                .filter(call -> call.result() != 0 && call.tid() != call.pid())
                .filter(call -> Long.valueOf(bytes).equals(call.call().size()))
                .toList();
    }
}
