package org.brkmap.analyse;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Change;
import org.brkmap.model.Mapping;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Observation;
import org.brkmap.model.ProcessLayout;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;

/**
 * Names addresses so that the names hold under ASLR: {@code heap+0x21000}, {@code stack-0x21000} (below its end),
 * {@code exe+0x3000}, {@code libc.so.6+0x1d2000}, {@code in.dat+0x0} (offset in the file), {@code anon#2-0x41000}. What has
 * neither a file nor a label is numbered in the order in which it came to be; the offset is from where it began. Made once
 * from an analysed observation, without reading anything else; immutable after it.
 */
public final class Places {
    private final Map<Integer, Snapshot> snapshots = new HashMap<>();
    private final Map<Integer, NavigableMap<Long, Mapping>> numbered = new HashMap<>();
    private final Map<Integer, Map<String, NavigableMap<Long, Anchors.Anchor>>> anchors = new HashMap<>();

    private Places() {}

    /** The places of an observation whose mappings have roles. */
    public static Places in(Observation observation) {
        Places places = new Places();
        Map<Integer, Anchors> numbering = new HashMap<>();
        Map<Integer, Long> seen = new HashMap<>();
        for (Snapshot snapshot : observation.snapshots()) {
            Long since = seen.put(snapshot.pid(), snapshot.eventsBefore());
            List<MemoryEvent> events = between(observation, snapshot, since == null ? 0 : since);
            if (Executions.among(events)) {
                numbering.remove(snapshot.pid());
            }
            Anchors anchors = numbering.computeIfAbsent(snapshot.pid(), pid -> new Anchors());
            List<Mapping> intervals = Intervals.join(snapshot.mappings()).stream()
                    .filter(interval -> Anchors.isNumbered(interval.role()))
                    .toList();
            NavigableMap<Long, Mapping> byStart = new TreeMap<>(Long::compareUnsigned);
            intervals.forEach(interval -> byStart.put(interval.range().start(), interval));
            places.numbered.put(snapshot.id(), byStart);
            places.anchors.put(snapshot.id(), anchors.at(intervals, events));
            places.snapshots.put(snapshot.id(), snapshot);
        }
        return places;
    }

    private static List<MemoryEvent> between(Observation observation, Snapshot snapshot, long since) {
        return observation.events().stream()
                .filter(event ->
                        event.pid() == snapshot.pid() && event.seq() >= since && event.seq() < snapshot.eventsBefore())
                .toList();
    }

    /** The name of a mapping's first address. */
    public String at(Snapshot snapshot, Mapping mapping) {
        return at(snapshot, mapping, mapping.range().start());
    }

    /** The name of an address in a mapping, or an interval of joined mappings, of a snapshot. */
    public String at(Snapshot snapshot, Mapping mapping, long address) {
        Role role = mapping.role();
        if (Anchors.isNumbered(role)) {
            Mapping whole = wholeAt(snapshot, mapping, address);
            Anchors.Anchor anchor = Anchors.of(anchors.getOrDefault(snapshot.id(), Map.of()), whole);
            return anchor == null ? AddressRange.hex(address) : offset(anchor.name(), address - anchor.address());
        }
        return switch (role) {
            case HEAP -> offset("heap", address - heapStart(snapshot, mapping));
            case STACK -> offset("stack", address - stackEnd(snapshot, mapping));
            case VVAR, VDSO, VSYSCALL ->
                offset(role.title(), address - mapping.range().start());
            case FILE ->
                offset(
                        baseName(mapping),
                        mapping.backing().offset() + (address - mapping.range().start()));
            default -> inModule(snapshot, mapping, address);
        };
    }

    /** The interval of joined rows that holds the address, as the anchors were given by. */
    private Mapping wholeAt(Snapshot snapshot, Mapping mapping, long address) {
        NavigableMap<Long, Mapping> ofSnapshot = numbered.get(snapshot.id());
        Map.Entry<Long, Mapping> below = ofSnapshot == null ? null : ofSnapshot.floorEntry(address);
        if (below == null || below.getValue().role() != mapping.role()) {
            return mapping;
        }
        return below.getValue().range().contains(address) ? below.getValue() : mapping;
    }

    /** The change with its place filled in: in the later snapshot, or in the earlier one for what is gone. */
    Change placed(Change change) {
        boolean gone = change.after() == null || (change.bytes() < 0 && change.before() != null);
        boolean inBefore =
                gone && change.before() != null && change.before().range().contains(change.range());
        Mapping whole = inBefore ? change.before() : change.after();
        Snapshot snapshot = snapshots.get(inBefore ? change.from() : change.to());
        String at = whole == null || snapshot == null
                ? AddressRange.hex(change.range().start())
                : at(snapshot, whole, change.range().start());
        return new Change(
                change.from(),
                change.to(),
                change.kind(),
                change.role(),
                change.range(),
                at,
                change.bytes(),
                change.before(),
                change.after(),
                change.cause(),
                change.causedBy());
    }

    private static String inModule(Snapshot snapshot, Mapping mapping, long address) {
        Mapping first = null;
        for (Mapping row : snapshot.mappings()) {
            boolean below = Long.compareUnsigned(row.range().start(), address) <= 0;
            if (below && row.backing().isFile() && belongs(row, mapping) && (first == null || begins(row, first))) {
                first = row;
            }
        }
        if (first == null) {
            return offset(mapping.role().title(), address - mapping.range().start());
        }
        String name = mapping.role().isProgram() ? "exe" : baseName(first);
        return offset(name, address - first.range().start());
    }

    private static boolean belongs(Mapping row, Mapping mapping) {
        boolean sameKind = mapping.role().isProgram()
                ? row.role().isProgram()
                : isShared(row) == isShared(mapping) && !row.role().isProgram();
        return sameKind && (!mapping.backing().isFile() || row.backing().sameFile(mapping.backing()));
    }

    private static boolean isShared(Mapping mapping) {
        return mapping.permissions().shared();
    }

    /** Whether a row starts a module anew: a program starts once, a library where another file or its first byte does. */
    private static boolean begins(Mapping row, Mapping first) {
        return !row.backing().sameFile(first.backing()) || row.backing().offset() == 0;
    }

    private static long heapStart(Snapshot snapshot, Mapping mapping) {
        ProcessLayout layout = snapshot.layout();
        Long start = layout == null ? null : layout.startBrk();
        return start != null ? start : edge(snapshot, mapping).start();
    }

    private static long stackEnd(Snapshot snapshot, Mapping mapping) {
        return edge(snapshot, mapping).end();
    }

    /** From the lowest to the highest address of the mappings with this one's role. */
    private static AddressRange edge(Snapshot snapshot, Mapping mapping) {
        List<AddressRange> ranges = snapshot.mappings().stream()
                .filter(row -> row.role() == mapping.role())
                .map(Mapping::range)
                .sorted(Comparator.naturalOrder())
                .toList();
        return ranges.isEmpty()
                ? mapping.range()
                : new AddressRange(
                        ranges.get(0).start(), ranges.get(ranges.size() - 1).end());
    }

    private static String baseName(Mapping mapping) {
        String name = mapping.backing().name();
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private static String offset(String name, long distance) {
        return name + (distance < 0 ? "-0x" + Long.toHexString(-distance) : "+0x" + Long.toHexString(distance));
    }
}
