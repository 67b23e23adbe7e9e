package lab2;

import java.util.Locale;
import org.brkmap.analyse.Analysis;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Recipe;
import org.brkmap.model.AllocatorCall;
import org.brkmap.model.Mapping;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;

/** One request in a fresh process, in one of three settings, and the search for the size at which its way changes. */
enum Threshold {
    FRESH("in a fresh process", "fresh"),
    EXHAUSTED("with the top of the heap used up", "exhausted"),
    PINNED("with the threshold pinned", "pinned-by-env");

    /** What malloc did for a request. */
    enum Way {
        HEAP,
        MMAP
    }

    /**
     * The two sizes between which the way changes.
     *
     * @param lastInHeap the largest request that the heap serves
     * @param firstMapped one byte more: it is mapped
     * @param probes how many programs were run to find them
     */
    record Flip(long lastInHeap, long firstMapped, int probes) {}

    private static final String PIN = "glibc.malloc.mmap_threshold=" + Glibc.THRESHOLD + ":glibc.malloc.top_pad=0";
    private static final long SURELY_MAPPED = 1L << 20;

    private final String title;
    private final String mode;

    Threshold(String title, String mode) {
        this.title = title;
        this.mode = mode;
    }

    /** The setting in words. */
    String title() {
        return title;
    }

    /** The run that asks for so many bytes in this setting. */
    Recipe request(long bytes) {
        Recipe recipe = Recipe.of("threshold: malloc(" + bytes + ") " + title, "sample-c/threshold/threshold.c")
                .arguments(bytes, mode);
        return this == PINNED ? recipe.environment("GLIBC_TUNABLES", PIN) : recipe;
    }

    /** Which way the request went, by the calls seen and, independently, by the region that holds the pointer. */
    static Way way(Analysis run, long bytes) {
        boolean mapped = run.observation().events().stream()
                .anyMatch(event -> event.call().equals("mmap") && isFor(event, bytes));
        AllocatorCall malloc = malloc(run, bytes);
        Snapshot allocated = Blocks.at(run, "allocated");
        Role role = allocated
                .mappingAt(malloc.result())
                .orElseThrow(() -> new AssertionError("malloc(" + bytes + ") returned an address that is not mapped"))
                .role();
        if (mapped == (role == Role.HEAP)) {
            throw new AssertionError(String.format(
                    Locale.ROOT,
                    "malloc(%d): the trace shows %s mmap, yet the block lies in %s",
                    bytes,
                    mapped ? "an" : "no",
                    role.title()));
        }
        return mapped ? Way.MMAP : Way.HEAP;
    }

    /** The program's one call of malloc for so many bytes. */
    static AllocatorCall malloc(Analysis run, long bytes) {
        return Blocks.mallocs(run, bytes).stream()
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new AssertionError("no call of malloc(" + bytes + ") was seen"));
    }

    static boolean isFor(MemoryEvent event, long bytes) {
        return event.cause() != null
                && event.cause().operation().equals("malloc")
                && Long.valueOf(bytes).equals(event.cause().size());
    }

    /**
     * Finds the flip to the byte, a new process for each size tried: first the two sizes between which glibc's rule has it, then,
     * where the rule is wrong, the middle of what is left. The two runs that decide it are kept for the report.
     */
    Flip flip(Bench bench) {
        long inHeap = 1;
        long mapped = SURELY_MAPPED;
        int probes = 0;
        Analysis smallest = bench.observe(request(inHeap).notKept());
        long forecast = Glibc.of(smallest, bench).lastInHeap(room(malloc(smallest, inHeap), smallest));
        while (mapped - inHeap > 1) {
            long next = probes < 2 ? forecast + probes : (inHeap + mapped) / 2;
            long size = inHeap < next && next < mapped ? next : (inHeap + mapped) / 2;
            Recipe request = probes < 2 ? request(size) : request(size).notKept();
            if (way(bench.observe(request), size) == Way.HEAP) {
                inHeap = size;
            } else {
                mapped = size;
            }
            probes++;
        }
        requireWay(bench, inHeap, Way.HEAP);
        requireWay(bench, mapped, Way.MMAP);
        return new Flip(inHeap, mapped, probes);
    }

    /** What the heap's top held before this block was cut from it. */
    static long room(AllocatorCall malloc, Analysis run) {
        return heap(run).range().end() - (malloc.result() - Glibc.HEADER);
    }

    /** The heap when the block has been taken. */
    static Mapping heap(Analysis run) {
        return Blocks.at(run, "allocated").mappings().stream()
                .filter(mapping -> mapping.role() == Role.HEAP)
                .findFirst()
                .orElseThrow(() -> new AssertionError("the program has no heap"));
    }

    private void requireWay(Bench bench, long bytes, Way expected) {
        Way way = way(bench.observe(request(bytes)), bytes);
        if (way != expected) {
            throw new AssertionError("malloc(" + bytes + ") " + title + " was expected to take the way " + expected
                    + " and took " + way + ": there is no single size at which it changes");
        }
    }
}
