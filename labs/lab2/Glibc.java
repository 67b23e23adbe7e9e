package lab2;

import java.util.ArrayList;
import java.util.List;
import org.brkmap.analyse.Analysis;
import org.brkmap.lab.Bench;
import org.brkmap.model.AllocatorCall;
import org.brkmap.model.HostFacts;

/**
 * What malloc(3) of glibc would do, by its rule and mallopt(3)'s defaults, on a 64-bit machine: the lab predicts with
 * it, and then looks.
 *
 * @param page bytes of a page, as the host says
 */
record Glibc(long page) {
    /** mallopt(3): M_TOP_PAD, what glibc asks of the kernel beyond what it needs. */
    static final long TOP_PAD = 128 * 1024;
    /** mallopt(3): M_MMAP_THRESHOLD and M_TRIM_THRESHOLD where nothing has moved them. */
    static final long THRESHOLD = 128 * 1024;
    /** A chunk's header: the size of the one before, if that is free, and its own. */
    static final long HEADER = 2 * Long.BYTES;

    private static final long ALIGNMENT = 2 * Long.BYTES;
    private static final long SMALLEST = 4 * Long.BYTES;
    /**
     * glibc looks at the top only when a free joins up at least this much: FASTBIN_CONSOLIDATION_THRESHOLD in its
     * source.
     */
    private static final long LOOKS_AT_TOP = 64 * 1024;

    /** The rule for the machine of this run; without glibc the check is not checked. */
    static Glibc of(Analysis run, Bench bench) {
        HostFacts host = run.observation().host();
        String libc = host.libc();
        bench.needs(
                libc != null && libc.startsWith("glibc"),
                "the rule is glibc's, and here is " + (libc == null ? "another C library" : libc));
        return new Glibc(host.pageSize());
    }

    /** Leaves the check unless programs run with glibc here. */
    static void needed(Bench bench) {
        of(bench.observe(Threshold.FRESH.request(1).notKept()), bench);
    }

    /** Bytes of the chunk that serves a request: the request, one word of header, rounded up to 16. */
    long chunk(long request) {
        return Math.max(SMALLEST, roundUp(request + Long.BYTES, ALIGNMENT));
    }

    /** Length of the mapping that serves a request alone. */
    long mapped(long request) {
        return roundUp(chunk(request) + Long.BYTES, page);
    }

    /** Whether a chunk can be cut from a top of so many bytes: a smallest chunk must remain. */
    boolean fits(long request, long top) {
        return chunk(request) + SMALLEST <= top;
    }

    /** The largest request that the heap serves: one that fits into its top, or whose chunk is below the threshold. */
    long lastInHeap(long top) {
        long largest = Math.max((top - SMALLEST) / ALIGNMENT * ALIGNMENT, THRESHOLD - ALIGNMENT);
        return largest - Long.BYTES;
    }

    /** By how much the heap grows for a request that its top does not hold. */
    long growth(long request, long top) {
        return roundUp(chunk(request) + TOP_PAD + SMALLEST - top, page);
    }

    /**
     * By how much the heap shrinks when the chunk below the top is freed: all but the top pad, if the top has become
     * long enough.
     */
    long trim(long request, long topBefore) {
        long top = topBefore + chunk(request);
        if (top < LOOKS_AT_TOP || top < THRESHOLD) {
            return 0;
        }
        return Math.max(0, (top - SMALLEST - 1 - TOP_PAD) / page * page);
    }

    /** The growths of the heap for these allocations one after the other, and the room that is left at its top. */
    record Forecast(List<Long> growths, long top) {}

    /**
     * Forecasts the heap from its first allocation on: what that one made is taken as it is, the rest is predicted.
     *
     * @param allocations calls that took memory of the heap, in order, with no free among them
     * @param breakAfterFirst the program break when the first had returned
     */
    Forecast forecast(List<AllocatorCall> allocations, long breakAfterFirst) {
        List<Long> growths = new ArrayList<>();
        AllocatorCall first = allocations.get(0);
        long top = breakAfterFirst - (first.result() - HEADER) - chunk(size(first));
        for (AllocatorCall allocation : allocations.subList(1, allocations.size())) {
            if (!fits(size(allocation), top)) {
                long growth = growth(size(allocation), top);
                growths.add(growth);
                top += growth;
            }
            top -= chunk(size(allocation));
        }
        return new Forecast(growths, top);
    }

    private static long size(AllocatorCall allocation) {
        Long size = allocation.call().size();
        return size == null ? 0 : size;
    }

    private static long roundUp(long bytes, long unit) {
        return (bytes + unit - 1) / unit * unit;
    }
}
