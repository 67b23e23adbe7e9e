package org.brkmap.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Change;
import org.brkmap.model.ChangeKind;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.brkmap.model.Usage;
import org.jspecify.annotations.Nullable;

/** The rows of the terminal's map: as few as a first screen has room for, without hiding what changed. */
final class MapRows {
    private static final int ROOM = 9;
    /** What lies closer together can be one row; a gap that is worth a row of its own is larger. */
    private static final long NEAR = 1 << 20;

    private final List<Change> changes;
    /** For each change, in order of start, the highest end of it and those before. */
    private final long[] ends;

    private MapRows(List<Change> all) {
        changes = all.stream()
                .filter(change -> change.kind() != ChangeKind.RESIDENCY)
                .sorted(Comparator.comparing(Change::range))
                .toList();
        ends = new long[changes.size()];
        for (int i = 0; i < ends.length; i++) {
            long end = changes.get(i).range().end();
            ends[i] = i > 0 && Long.compareUnsigned(ends[i - 1], end) > 0 ? ends[i - 1] : end;
        }
    }

    /** From high to low. */
    static List<MapRow> of(Step step) {
        return of(step.before(), step.after(), step.changes());
    }

    private static List<MapRow> of(Snapshot before, Snapshot after, List<Change> changes) {
        List<MapRow> rows = new MapRows(changes).low(counted(before), counted(after));
        rows = joined(rows, MapRow::isOneObjectWith, 0);
        if (rows.size() > ROOM) {
            rows = joined(rows, MapRow::isAlike, NEAR);
        }
        if (rows.size() > ROOM) {
            rows = joined(rows, MapRow::isUnchangedAs, NEAR);
        }
        Collections.reverse(rows);
        return rows;
    }

    private static List<MapRow> joined(List<MapRow> rows, BiPredicate<MapRow, MapRow> belong, long near) {
        List<MapRow> joined = new ArrayList<>();
        for (MapRow row : rows) {
            int last = joined.size() - 1;
            MapRow lower = last < 0 ? null : joined.get(last);
            boolean close = lower != null && isClose(lower.range(), row.range(), near);
            if (lower != null && close && belong.test(lower, row)) {
                joined.set(last, lower.with(row));
            } else {
                joined.add(row);
            }
        }
        return joined;
    }

    /** A row that was split since stands for two neighbours, and can reach into the next. */
    private static boolean isClose(AddressRange lower, AddressRange higher, long near) {
        return Long.compareUnsigned(higher.start(), lower.end()) <= 0
                || Long.compareUnsigned(higher.start() - lower.end(), near) <= 0;
    }

    /** What both snapshots have and what only one has, in the order of addresses. */
    private List<MapRow> low(List<Mapping> before, List<Mapping> after) {
        List<MapRow> low = new ArrayList<>();
        int old = 0;
        int now = 0;
        while (old < before.size() || now < after.size()) {
            Mapping was = old < before.size() ? before.get(old) : null;
            Mapping is = now < after.size() ? after.get(now) : null;
            if (was != null && is != null && (was.range().overlaps(is.range()) || continues(was, is))) {
                low.add(row(was, is));
                old++;
                now++;
            } else if (is == null || (was != null && was.range().compareTo(is.range()) < 0)) {
                low.add(row(was, null));
                old++;
            } else {
                low.add(row(null, is));
                now++;
            }
        }
        return low;
    }

    private static List<Mapping> counted(Snapshot snapshot) {
        return snapshot.mappings().stream()
                .filter(mapping -> mapping.role().isCounted())
                .toList();
    }

    private static boolean continues(Mapping was, Mapping is) {
        return was.range().start() == is.range().start();
    }

    private MapRow row(@Nullable Mapping was, @Nullable Mapping is) {
        Mapping shown = is != null ? is : was;
        if (shown == null) {
            throw new IllegalStateException("a row of neither side");
        }
        AddressRange range = was == null || is == null
                ? shown.range()
                : new AddressRange(
                        least(was.range().start(), is.range().start()),
                        most(was.range().end(), is.range().end()));
        Usage usage = is == null ? null : is.usage();
        Hue hue = Hue.of(shown.role());
        return new MapRow(
                range,
                hue,
                hue == Hue.PROGRAM ? hue.title() : hue == Hue.KERNEL ? hue.title() : MapRegion.label(shown),
                object(shown, hue),
                mark(range),
                was == null ? null : (Long) was.size(),
                is == null ? null : (Long) is.size(),
                is == null ? (Long) 0L : usage == null ? null : (Long) usage.rss(),
                1);
    }

    /** A library's bss has no file's name, and belongs to the library below it. */
    private static String object(Mapping mapping, Hue hue) {
        return hue == Hue.PROGRAM || hue == Hue.KERNEL
                ? hue.title()
                : mapping.role() == Role.LIBRARY_BSS ? "" : mapping.backing().name();
    }

    private String mark(AddressRange range) {
        int at = firstNotBelow(range.end());
        while (--at >= 0 && Long.compareUnsigned(ends[at], range.start()) > 0) {
            Change change = changes.get(at);
            if (change.range().overlaps(range)) {
                return Kinds.glyph(change.kind());
            }
        }
        return "";
    }

    /** The index of the first change that starts at this address or above. */
    private int firstNotBelow(long address) {
        int low = 0;
        int high = changes.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(changes.get(middle).range().start(), address) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static long least(long one, long other) {
        return Long.compareUnsigned(one, other) <= 0 ? one : other;
    }

    private static long most(long one, long other) {
        return Long.compareUnsigned(one, other) >= 0 ? one : other;
    }
}
