package org.brkmap.analyse;

import java.util.List;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Backing;
import org.brkmap.model.Mapping;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Observation;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * Roles for the states between two snapshots of a process, from those snapshots: memory that is in one of them has its role
 * there; what came and went in between is told by the calls alone. Immutable.
 */
final class Remembered {
    private final List<Snapshot> snapshots;
    private final List<Long> executions;

    Remembered(Observation observation, int pid) {
        snapshots = observation.snapshots().stream()
                .filter(snapshot -> snapshot.pid() == pid)
                .toList();
        executions = observation.events().stream()
                .filter(event -> event.pid() == pid && Executions.is(event))
                .map(MemoryEvent::seq)
                .toList();
    }

    List<Mapping> of(AddressSpace space, long seq) {
        Snapshot before = null;
        Snapshot after = null;
        for (Snapshot snapshot : snapshots) {
            if (snapshot.eventsBefore() <= seq) {
                before = isOneProgram(snapshot.eventsBefore(), seq) ? snapshot : null;
            } else if (after == null && isOneProgram(seq, snapshot.eventsBefore())) {
                after = snapshot;
            }
        }
        Cursor earlier = new Cursor(before == null ? List.of() : before.mappings());
        Cursor later = new Cursor(after == null ? List.of() : after.mappings());
        return Intervals.join(space.areas().stream()
                .map(area -> area.toMapping()
                        .withRole(role(
                                area,
                                space,
                                earlier.at(area.range().start()),
                                later.at(area.range().start()))))
                .toList());
    }

    private boolean isOneProgram(long from, long to) {
        return executions.stream().noneMatch(execution -> execution >= from && execution < to);
    }

    private static Role role(Area area, AddressSpace space, @Nullable Mapping earlier, @Nullable Mapping later) {
        Role tag = area.tag();
        if (tag != null) {
            return tag == Role.THREAD_STACK && area.permissions().none() ? Role.STACK_GUARD : tag;
        }
        if (area.isAnonymous() && isHeap(area, space)) {
            return Role.HEAP;
        }
        if (later != null && isLasting(area, later)) {
            return later.role();
        }
        if (earlier != null && isSame(area, earlier) && (area.creator() == null || !area.isAnonymous())) {
            return earlier.role();
        }
        Backing backing = area.backing();
        if (Tagger.isProbe(backing.name())) {
            return Role.PROBE;
        }
        boolean shared = area.permissions().shared();
        return area.isAnonymous() ? shared ? Role.SHARED : Role.ANONYMOUS : Classifier.ofPlainFile(backing, shared);
    }

    /** Whether a later snapshot's role is this area's too: it is the same file, or memory of zeros laid for a module. */
    private static boolean isLasting(Area area, Mapping later) {
        boolean ofModule = later.role().isLibrary() || later.role().isProgram() || later.role() == Role.PROBE;
        return isSame(area, later) && (area.creator() == null || !area.isAnonymous() || ofModule);
    }

    private static boolean isSame(Area area, Mapping row) {
        boolean anonymous = area.isAnonymous();
        return anonymous == Intervals.isAnonymous(row.backing())
                && (anonymous || area.backing().sameFile(row.backing()));
    }

    private static boolean isHeap(Area area, AddressSpace space) {
        Long start = space.startBrk;
        Long end = space.brk;
        return start != null
                && end != null
                && Long.compareUnsigned(start, end) < 0
                && new AddressRange(start, space.roundUp(end)).contains(area.range());
    }
}
