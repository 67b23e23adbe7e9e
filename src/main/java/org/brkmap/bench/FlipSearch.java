package org.brkmap.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.brkmap.bench.AllocatorFigures.Flip;
import org.brkmap.bench.AllocatorFigures.Length;
import org.brkmap.bench.Requests.Step;

/** Finds, by halves and with new processes for each size, the smallest request from which on something is so. Not thread-safe. */
final class FlipSearch {
    /** Stands for the size that is tried, in what comes before it. */
    static final String SIZE = "SIZE";

    private final Allocator allocator;
    private final List<String> before;
    private final long most;
    private int runs;

    /** Whether it is so for requests of this size. */
    private interface Trial {
        boolean holds(long bytes) throws IOException, InterruptedException;
    }

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

    /** From where on two of a size get a mapping each, that goes when it is freed: one alone may be a new stock for many. */
    Flip ownMapping() throws IOException, InterruptedException {
        Requests largest = run(most, "-all", most);
        return largest.refusal() != null
                ? new Flip(null, most, runs, largest.refusal())
                : smallest(bytes -> own(run(bytes, "-all", bytes)));
    }

    /** From where on the free of one block asks the kernel for something. */
    Flip givenBack() throws IOException, InterruptedException {
        return smallest(bytes -> {
            Requests run = run(bytes, "-1");
            return run.refusal() == null && !run.last().events().isEmpty();
        });
    }

    /** From where on mmap is asked for as many bytes as the request has and some more, to the byte: a byte more for a byte more. */
    Length length() throws IOException, InterruptedException {
        Flip flip = smallest(bytes -> {
            OptionalLong one = mapped(bytes);
            return one.isPresent() && mapped(bytes + 1).equals(OptionalLong.of(one.getAsLong() + 1));
        });
        Long first = flip.first();
        return new Length(flip, first == null ? 0 : mapped(first).orElseThrow() - first);
    }

    private Flip smallest(Trial trial) throws IOException, InterruptedException {
        if (!trial.holds(most)) {
            return new Flip(null, most, runs, null);
        }
        long no = 0;
        long yes = most;
        while (yes - no > 1) {
            long middle = (no + yes) / 2;
            if (trial.holds(middle)) {
                yes = middle;
            } else {
                no = middle;
            }
        }
        return new Flip(yes, most, runs, null);
    }

    /** How long a mapping was asked for, for a request that gets one of its own; empty if it does not. */
    private OptionalLong mapped(long bytes) throws IOException, InterruptedException {
        Requests run = run(bytes, "-all");
        if (run.refusal() != null) {
            return OptionalLong.empty();
        }
        Step step = run.steps().get(before.size());
        return step.mapping().isPresent() && run.last().unmaps(step.pointer())
                ? OptionalLong.of(step.mapping().get().arg(1))
                : OptionalLong.empty();
    }

    private Requests run(long bytes, String last, long... more) throws IOException, InterruptedException {
        List<String> requests = new ArrayList<>();
        before.forEach(request -> requests.add(request.replace(SIZE, String.valueOf(bytes))));
        requests.add(String.valueOf(bytes));
        for (long another : more) {
            requests.add(String.valueOf(another));
        }
        requests.add(last);
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
