package org.brkmap.analyse;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;

/**
 * A snapshot with its roles. A row of maps may serve two purposes (the kernel joins the last page of .bss with the first of
 * the heap): then its role is that of most of its bytes, and the pieces tell them apart.
 *
 * @param snapshot its rows, each with a role
 * @param pieces canonical intervals, each of one role
 */
record Roles(Snapshot snapshot, List<Mapping> pieces) {

    static Roles of(Snapshot snapshot, AddressSpace space, List<Module> modules) {
        Classifier classifier = new Classifier(space, modules);
        classifier.cut();
        List<Mapping> rows = new ArrayList<>();
        List<Mapping> pieces = new ArrayList<>();
        for (Mapping row : snapshot.mappings()) {
            List<Area> areas = space.overlapping(row.range());
            for (Area area : areas) {
                pieces.add(Intervals.slice(row.withRole(classifier.roleOf(area)), area.range()));
            }
            rows.add(row.withRole(mostOf(pieces.subList(pieces.size() - areas.size(), pieces.size()))));
        }
        return new Roles(snapshot.withMappings(rows), Intervals.join(sameRowJoined(snapshot, pieces)));
    }

    /** The role of most bytes. */
    private static Role mostOf(List<Mapping> pieces) {
        if (pieces.size() == 1) {
            return pieces.get(0).role();
        }
        Map<Role, Long> bytes = new EnumMap<>(Role.class);
        pieces.forEach(piece -> bytes.merge(piece.role(), piece.range().length(), Long::sum));
        return bytes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(Role.OTHER);
    }

    /** The pieces of a space that no snapshot shows, as a child's right after fork. */
    static List<Mapping> ofSpace(AddressSpace space, List<Module> modules) {
        Classifier classifier = new Classifier(space, modules);
        classifier.cut();
        return Intervals.join(space.areas().stream()
                .map(area -> area.toMapping().withRole(classifier.roleOf(area)))
                .toList());
    }

    /** A row cut into pieces that turned out to be of one role is whole again, and what is in memory of it is known. */
    private static List<Mapping> sameRowJoined(Snapshot snapshot, List<Mapping> pieces) {
        List<Mapping> whole = new ArrayList<>();
        int next = 0;
        for (Mapping row : snapshot.mappings()) {
            int first = next;
            while (next < pieces.size() && row.range().contains(pieces.get(next).range())) {
                next++;
            }
            List<Mapping> ofRow = pieces.subList(first, next);
            if (isOfOneRole(ofRow)) {
                whole.add(row.withRole(ofRow.get(0).role()));
            } else {
                whole.addAll(ofRow);
            }
        }
        return whole;
    }

    private static boolean isOfOneRole(List<Mapping> pieces) {
        for (Mapping piece : pieces) {
            if (piece.role() != pieces.get(0).role()) {
                return false;
            }
        }
        return !pieces.isEmpty();
    }
}
