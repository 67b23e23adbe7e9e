package lab2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.brkmap.analyse.Analysis;
import org.brkmap.check.Wording;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Recipe;
import org.brkmap.model.AllocatorCall;
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

    /** The calls that took memory between two checkpoints of the program, in order. */
    static List<AllocatorCall> taken(Analysis run, String from, String to) {
        long begin = at(run, from).eventsBefore();
        List<AllocatorCall> all = takes(run);
        return all.stream()
                .filter(call -> isBetween(call, begin, at(run, to).eventsBefore()))
                .toList();
    }

    private static boolean isBetween(AllocatorCall call, long from, long to) {
        return call.afterEvent() >= from && call.afterEvent() <= to;
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
