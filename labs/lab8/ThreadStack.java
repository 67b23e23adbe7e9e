package lab8;

import java.util.List;
import java.util.stream.Stream;
import org.brkmap.analyse.Analysis;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.PageRun;
import org.brkmap.model.PageState;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.brkmap.model.ThreadState;

/**
 * The stack of a thread that pthread_create(3) made: found by the thread's stack pointer and by the mmap that made its
 * mapping, not by where it lies.
 *
 * @param thread whose it is
 * @param mapped all that was mapped for it
 * @param guard the part at its low end that nobody may touch; empty if there is none
 * @param row the row of the map that holds what it has used
 */
record ThreadStack(ThreadState thread, AddressRange mapped, AddressRange guard, Mapping row) {
    /** MAP_STACK of mmap(2). */
    private static final long MAP_STACK = 0x20000;

    /** The stacks of all threads but the first. */
    static List<ThreadStack> all(Analysis run, Snapshot snapshot) {
        return snapshot.threads().stream()
                .filter(thread -> thread.tid() != snapshot.pid())
                .map(thread -> of(run, snapshot, thread))
                .toList();
    }

    /** The stack of the thread of this name; the check fails if there is no such thread, or its stack is something else. */
    static ThreadStack named(Analysis run, Snapshot snapshot, String name) {
        return snapshot.threads().stream()
                .filter(thread -> thread.name().equals(name))
                .findFirst()
                .map(thread -> of(run, snapshot, thread))
                .orElseThrow(() ->
                        new AssertionError("there is no thread \"" + name + "\" at \"" + snapshot.label() + "\""));
    }

    private static ThreadStack of(Analysis run, Snapshot snapshot, ThreadState thread) {
        long pointer = Stacks.pointer(thread);
        AddressRange mapped = maps(run, snapshot)
                .map(event -> AddressRange.ofLength(event.result(), event.arg(1)))
                .filter(range -> range.contains(pointer))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new AssertionError("the stack pointer of thread \"" + thread.name() + "\", "
                        + AddressRange.hex(pointer) + ", lies in nothing that pthread_create mapped for a stack"));
        AddressRange guard = guard(snapshot, mapped, run);
        // A thread that overflows has moved its stack pointer into the guard.
        Mapping row = snapshot.mappingAt(guard.contains(pointer) ? guard.end() : pointer)
                .filter(found -> found.role() == Role.THREAD_STACK)
                .orElseThrow(() -> new AssertionError(
                        "the stack pointer of thread \"" + thread.name() + "\" lies in no thread's stack"));
        return new ThreadStack(thread, mapped, guard, row);
    }

    private static Stream<MemoryEvent> maps(Analysis run, Snapshot snapshot) {
        return run.observation().events().stream()
                .filter(event -> event.pid() == snapshot.pid() && event.seq() < snapshot.eventsBefore())
                .filter(event -> event.call().equals("mmap") && event.succeeded())
                .filter(event -> event.cause() == null
                        ? (event.arg(3) & MAP_STACK) != 0
                        : event.cause().operation().equals("pthread_create"));
    }

    /** The rows without access at the low end; newer C libraries make guard pages within the row instead. */
    private static AddressRange guard(Snapshot snapshot, AddressRange mapped, Analysis run) {
        Mapping lowest = snapshot.mappingAt(mapped.start()).orElse(null);
        if (lowest == null) {
            return new AddressRange(mapped.start(), mapped.start());
        }
        if (lowest.permissions().none()) {
            return lowest.range().intersection(mapped).orElse(mapped);
        }
        long pages = 0;
        if (lowest.range().start() == mapped.start() && lowest.pages() != null) {
            PageRun first = lowest.pages().get(0);
            pages = first.state() == PageState.GUARD ? first.pages() : 0;
        }
        return AddressRange.ofLength(
                mapped.start(), pages * run.observation().host().pageSize());
    }

    /** What of it the thread may use. */
    AddressRange usable() {
        return new AddressRange(guard.end(), mapped.end());
    }
}
