package org.brkmap.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.brkmap.bench.AllocatorFigures.Flip;
import org.brkmap.bench.Requests.Step;

/**
 * Finds, by halves and with a new process for each size, the smallest request from which on requests get mappings of their own.
 * Two of the size must get one each, that goes when it is freed: one alone may be a new stock for many. Not thread-safe.
 */
final class FlipSearch {
    /** Stands for the size that is tried, in what comes before it. */
    static final String SIZE = "SIZE";

    private final Allocator allocator;
    private final List<String> before;
    private final long most;
    private int runs;

    /**
     * A search.
     *
     * @param before requests that come first, in the words of sample-c/requests
     * @param most the largest size to try, in bytes
     */
    FlipSearch(Allocator allocator, List<String> before, long most) {
        this.allocator = allocator;
        this.before = before;
        this.most = most;
    }

    Flip find() throws IOException, InterruptedException {
        Requests largest = run(most);
        if (largest.refusal() != null) {
            return new Flip(null, most, runs, largest.refusal());
        }
        if (!own(largest)) {
            return new Flip(null, most, runs, null);
        }
        long no = 0;
        long yes = most;
        while (yes - no > 1) {
            long middle = (no + yes) / 2;
            if (own(run(middle))) {
                yes = middle;
            } else {
                no = middle;
            }
        }
        return new Flip(yes, most, runs, null);
    }

    private Requests run(long bytes) throws IOException, InterruptedException {
        String size = String.valueOf(bytes);
        List<String> requests = new ArrayList<>();
        before.forEach(request -> requests.add(request.replace(SIZE, size)));
        requests.addAll(List.of(size, size, "-all"));
        runs++;
        return Requests.of(allocator, requests);
    }

    private boolean own(Requests run) {
        if (run.refusal() != null) {
            return false;
        }
        Step first = run.steps().get(before.size());
        Step second = run.steps().get(before.size() + 1);
        return first.mapping().isPresent()
                && second.mapping().isPresent()
                && run.last().unmaps(first.pointer())
                && run.last().unmaps(second.pointer());
    }
}
