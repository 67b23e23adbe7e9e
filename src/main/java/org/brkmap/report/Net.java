package org.brkmap.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.brkmap.model.AddressRange;
import org.brkmap.model.CauseKind;
import org.brkmap.model.Change;
import org.brkmap.model.ChangeKind;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.jspecify.annotations.Nullable;

/** What is left of many changes: the addresses that were gained and lost between two snapshots that are not neighbours. */
final class Net {
    private Net() {}

    /** The changes between, so that those over a range are found without looking at all. */
    private static final class Steps {
        private final List<Change> sorted;
        /** The highest end of each change and those before it. */
        private final long[] ends;

        Steps(List<Change> changes) {
            sorted = changes.stream()
                    .filter(change -> change.kind() != ChangeKind.RESIDENCY)
                    .sorted(Comparator.comparing(Change::range))
                    .toList();
            ends = new long[sorted.size()];
            for (int i = 0; i < ends.length; i++) {
                long end = sorted.get(i).range().end();
                ends[i] = i > 0 && Long.compareUnsigned(ends[i - 1], end) > 0 ? ends[i - 1] : end;
            }
        }

        /** Those that overlap a range, in order of time. */
        List<Change> over(AddressRange piece) {
            int low = 0;
            int high = sorted.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (Long.compareUnsigned(sorted.get(middle).range().start(), piece.end()) < 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            List<Change> found = new ArrayList<>();
            for (int i = low - 1; i >= 0 && Long.compareUnsigned(ends[i], piece.start()) > 0; i--) {
                if (sorted.get(i).range().overlaps(piece)) {
                    found.add(sorted.get(i));
                }
            }
            found.sort(Comparator.comparingInt(Change::to));
            return found;
        }
    }

    static List<Change> of(Snapshot before, Snapshot after, List<Change> changes) {
        Steps steps = new Steps(changes);
        List<Change> net = new ArrayList<>();
        for (Mapping mapping : after.mappings()) {
            for (AddressRange piece : without(mapping, before.mappings())) {
                Mapping old = neighbour(mapping, piece, before.mappings());
                net.add(change(
                        before, after, old == null ? ChangeKind.ADDED : ChangeKind.GREW, piece, old, mapping, steps));
            }
        }
        for (Mapping mapping : before.mappings()) {
            for (AddressRange piece : without(mapping, after.mappings())) {
                Mapping left = neighbour(mapping, piece, after.mappings());
                net.add(change(
                        before,
                        after,
                        left == null ? ChangeKind.REMOVED : ChangeKind.SHRANK,
                        piece,
                        mapping,
                        left,
                        steps));
            }
        }
        changes.stream()
                .filter(change -> change.kind() == ChangeKind.REPROTECTED)
                .filter(change -> covered(change.range(), before) && covered(change.range(), after))
                .forEach(net::add);
        return net;
    }

    private static Change change(
            Snapshot from,
            Snapshot to,
            ChangeKind kind,
            AddressRange piece,
            @Nullable Mapping before,
            @Nullable Mapping after,
            Steps steps) {
        boolean gained = kind == ChangeKind.ADDED || kind == ChangeKind.GREW;
        Mapping whole = gained && after != null ? after : before;
        List<Change> behind = steps.over(piece);
        return new Change(
                from.id(),
                to.id(),
                kind,
                whole == null ? Role.UNKNOWN : whole.role(),
                piece,
                behind.isEmpty() ? "" : behind.get(0).at(),
                gained ? piece.length() : -piece.length(),
                before,
                after,
                behind.isEmpty() ? CauseKind.UNEXPLAINED : behind.get(0).cause(),
                behind.stream()
                        .flatMap(change -> change.causedBy().stream())
                        .distinct()
                        .sorted()
                        .toList());
    }

    /** The parts of a mapping that none of the others covers; none for what is not counted. */
    private static List<AddressRange> without(Mapping mapping, List<Mapping> others) {
        List<AddressRange> pieces = new ArrayList<>();
        if (!mapping.role().isCounted()) {
            return pieces;
        }
        long at = mapping.range().start();
        for (Mapping other : near(mapping.range(), others)) {
            AddressRange common = other.range().intersection(mapping.range()).orElse(null);
            if (common != null) {
                if (Long.compareUnsigned(at, common.start()) < 0) {
                    pieces.add(new AddressRange(at, common.start()));
                }
                at = common.end();
            }
        }
        if (Long.compareUnsigned(at, mapping.range().end()) < 0) {
            pieces.add(new AddressRange(at, mapping.range().end()));
        }
        return pieces;
    }

    /** What the piece was gained by, or is left of what it was lost from: of the same role, and within the mapping. */
    private static @Nullable Mapping neighbour(Mapping mapping, AddressRange piece, List<Mapping> others) {
        for (Mapping other : near(mapping.range(), others)) {
            if (other.role() == mapping.role()
                    && other.permissions().equals(mapping.permissions())
                    && other.range().touches(piece)
                    && other.range().overlaps(mapping.range())) {
                return other;
            }
        }
        return null;
    }

    private static boolean covered(AddressRange range, Snapshot snapshot) {
        return near(range, snapshot.mappings()).stream()
                .anyMatch(mapping -> mapping.range().overlaps(range));
    }

    /** Of mappings in order of address, those that overlap a range or touch it. */
    private static List<Mapping> near(AddressRange range, List<Mapping> mappings) {
        int low = 0;
        int high = mappings.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(mappings.get(middle).range().end(), range.start()) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        int to = low;
        while (to < mappings.size()
                && Long.compareUnsigned(mappings.get(to).range().start(), range.end()) <= 0) {
            to++;
        }
        return mappings.subList(low, to);
    }
}
