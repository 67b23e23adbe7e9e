package org.brkmap.analyse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.brkmap.model.AddressRange;
import org.brkmap.model.CauseKind;
import org.brkmap.model.Origin;

/** Which events stand behind what became of a range since the last snapshot, from a replayed address space. */
final class Causes {

    /** A part of a range, with the events behind it in order. */
    record Part(AddressRange range, CauseKind kind, List<Long> events) {}

    private final AddressSpace space;
    private final Map<Long, Origin> origins;

    /**
     * @param space as the events left it, with its log since the last snapshot
     * @param origins who made each event
     */
    Causes(AddressSpace space, Map<Long, Origin> origins) {
        this.space = space;
        this.origins = origins;
    }

    /** Whether anything was unmapped or mapped over in the range. */
    boolean replaced(AddressRange range) {
        return space.removals().stream().anyMatch(mark -> mark.range().overlaps(range));
    }

    /** What made or shaped the memory that is now in the range, by parts of one kind of cause. */
    List<Part> ofPresent(AddressRange range) {
        List<Part> parts = new ArrayList<>();
        long reached = range.start();
        for (Area area : space.overlapping(range)) {
            AddressRange common = area.range().intersection(range).orElseThrow();
            unknown(parts, reached, common.start());
            parts.add(part(common, area.history()));
            reached = common.end();
        }
        unknown(parts, reached, range.end());
        return joined(parts);
    }

    /** What emptied the range for the first time. */
    List<Part> ofAbsent(AddressRange range) {
        List<Part> parts = new ArrayList<>();
        List<AddressRange> left = new ArrayList<>(List.of(range));
        for (AddressSpace.Mark mark : space.removals()) {
            List<AddressRange> still = new ArrayList<>();
            for (AddressRange piece : left) {
                piece.intersection(mark.range())
                        .ifPresentOrElse(
                                gone -> {
                                    parts.add(part(gone, List.of(mark.seq())));
                                    keep(still, piece.start(), gone.start());
                                    keep(still, gone.end(), piece.end());
                                },
                                () -> still.add(piece));
            }
            left = still;
        }
        left.forEach(piece -> unknown(parts, piece.start(), piece.end()));
        parts.sort(Comparator.comparing(Part::range));
        return joined(parts);
    }

    /** The calls of advice and locking that touched the range. */
    List<Long> ofResidency(AddressRange range) {
        return space.touches().stream()
                .filter(mark -> mark.range().overlaps(range))
                .map(AddressSpace.Mark::seq)
                .distinct()
                .toList();
    }

    private Part part(AddressRange range, List<Long> events) {
        boolean loader = events.stream().allMatch(event -> origins.get(event) == Origin.LOADER);
        CauseKind kind = events.isEmpty() ? CauseKind.UNEXPLAINED : loader ? CauseKind.LOADER : CauseKind.EVENT;
        return new Part(range, kind, events);
    }

    private static void unknown(List<Part> parts, long from, long to) {
        if (from != to) {
            parts.add(new Part(new AddressRange(from, to), CauseKind.UNEXPLAINED, List.of()));
        }
    }

    private static void keep(List<AddressRange> pieces, long from, long to) {
        if (from != to) {
            pieces.add(new AddressRange(from, to));
        }
    }

    private static List<Part> joined(List<Part> parts) {
        List<Part> joined = new ArrayList<>();
        for (Part next : parts) {
            Part last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && last.kind == next.kind && last.range.end() == next.range.start()) {
                TreeSet<Long> events = new TreeSet<>(last.events);
                events.addAll(next.events);
                AddressRange both = new AddressRange(last.range.start(), next.range.end());
                joined.set(joined.size() - 1, new Part(both, next.kind, List.copyOf(events)));
            } else {
                joined.add(next);
            }
        }
        return joined;
    }
}
