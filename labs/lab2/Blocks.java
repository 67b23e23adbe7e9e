package lab2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.brkmap.analyse.Analysis;
import org.brkmap.check.Wording;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Recipe;
import org.brkmap.model.AllocatorCall;
import org.brkmap.model.AllocatorCounts;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;

/** alloc_size: its runs, and how to read them. */
final class Blocks {
    static final String FIRST_KEY = "Press key to allocate ...";
    static final String FREE_KEY = "Press key to deallocate ...";
    static final String LAST_KEY = "Press key to close ...";
    static final String SOURCE = "alloc_size.c";
    static final String MALLOC_LINE = "malloc(SIZE)";
    static final String FREE_LINE = "free(p)";

    /** How many blocks a run takes. */
    static final int STEPS = 10;

    private Blocks() {}

    /** Ten blocks of this size, one at each key, and the last one freed. */
    static Recipe ofSize(long size) {
        return Recipe.of(
                        "alloc_size: " + STEPS + " blocks of " + Wording.bytes(size),
                        "sample-c/alloc_size/alloc_size.c")
                .define("STEPS", STEPS)
                .define("SIZE", size);
    }

    /**
     * Observes a program that takes ten blocks of this size with malloc. The check is not checked without glibc, whose
     * rules this lab is about, and fails if the program does something else.
     */
    static Analysis run(long size, Bench bench) {
        Analysis run = bench.observe(ofSize(size));
        Glibc.of(run, bench);
        assertThat(mallocs(run, size).size())
                .as("calls of malloc(%d) in %s", size, SOURCE)
                .isEqualTo(STEPS);
        return run;
    }

    /** The program's own calls of malloc for blocks of this size, in order. */
    static List<AllocatorCall> mallocs(Analysis run, long size) {
        return run.observation().allocations().stream()
                .filter(call -> call.call().operation().equals("malloc"))
                .filter(call -> Long.valueOf(size).equals(call.call().size()))
                .toList();
    }

    /** The program's calls of malloc between two checkpoints, in order. */
    static List<AllocatorCall> taken(Analysis run, String from, String to) {
        return logged(
                run, "malloc", counts(run, from).mallocs(), counts(run, to).mallocs());
    }

    /** The pointers freed between two checkpoints. */
    static Set<Long> freed(Analysis run, String from, String to) {
        return logged(run, "free", counts(run, from).frees(), counts(run, to).frees()).stream()
                .map(call -> call.call().pointer())
                .collect(Collectors.toSet());
    }

    /** Calls of one function by their number among those of that function: the only order where no event lies between. */
    private static List<AllocatorCall> logged(Analysis run, String operation, long from, long to) {
        return run.observation().allocations().stream()
                .filter(call -> call.call().operation().equals(operation))
                .skip(from)
                .limit(to - from)
                .toList();
    }

    /** How often the program had called the allocator at a checkpoint; unknown there means not yet. */
    private static AllocatorCounts counts(Analysis run, String label) {
        AllocatorCounts counts = at(run, label).allocations();
        return counts == null ? new AllocatorCounts(0, 0, 0, 0, 0) : counts;
    }

    /** All calls that took memory, the C library's own for its buffers included. */
    static List<AllocatorCall> takes(Analysis run) {
        return run.observation().allocations().stream()
                .filter(call -> call.call().operation().endsWith("alloc") && call.result() != 0)
                .toList();
    }

    /** The events that moved the break on behalf of malloc, in order. */
    static List<MemoryEvent> movesOfTheBreak(Analysis run) {
        return run.observation().events().stream()
                .filter(event -> event.call().equals("brk") && event.succeeded())
                .filter(event -> event.arg(0) != 0 && event.arg(0) == event.result())
                .filter(event ->
                        event.cause() != null && event.cause().operation().equals("malloc"))
                .toList();
    }

    /** Bytes of the heap at a checkpoint. */
    static long heapSize(Analysis run, String label) {
        return at(run, label).mappings().stream()
                .filter(mapping -> mapping.role() == Role.HEAP)
                .mapToLong(mapping -> mapping.size())
                .sum();
    }

    /** The first snapshot with this label. */
    static Snapshot at(Analysis run, String label) {
        return run.observation().snapshots().stream()
                .filter(snapshot -> snapshot.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the program never stopped at \"" + label + "\""));
    }
}
