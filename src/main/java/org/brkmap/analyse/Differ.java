package org.brkmap.analyse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.brkmap.analyse.Comparison.Difference;
import org.brkmap.analyse.Comparison.Stretch;
import org.brkmap.model.AddressRange;
import org.brkmap.model.CauseKind;
import org.brkmap.model.Change;
import org.brkmap.model.ChangeKind;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.brkmap.model.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Finds the changes from one snapshot of a process to the next, by interval, and what caused each. A range that differs gives
 * one change for each kind of cause behind its parts. The probe and [vsyscall] are left out.
 */
final class Differ {
    private final int from;
    private final int to;
    private final Causes causes;
    private final Moves moves;
    private final List<Change> changes = new ArrayList<>();

    private Differ(int from, int to, Causes causes, Moves moves) {
        this.from = from;
        this.to = to;
        this.causes = causes;
        this.moves = moves;
    }

    /** The changes in order of address; where each is stands in absolute addresses only. */
    static List<Change> changes(
            int from, int to, List<Mapping> before, List<Mapping> after, Causes causes, List<AddressSpace.Move> log) {
        Differ differ = new Differ(from, to, causes, new Moves(log));
        differ.compare(Comparison.of(counted(before), counted(after), causes::replaced));
        differ.changes.sort(Comparator.comparing(Change::range));
        return differ.changes;
    }

    private static List<Mapping> counted(List<Mapping> intervals) {
        List<Mapping> counted = new ArrayList<>(intervals.size());
        for (Mapping interval : intervals) {
            if (interval.role().isCounted()) {
                counted.add(interval);
            }
        }
        return counted;
    }

    private void compare(Comparison comparison) {
        List<Stretch> added = new ArrayList<>(comparison.of(Difference.ADDED));
        List<Stretch> removed = new ArrayList<>(comparison.of(Difference.REMOVED));
        for (Moves.Moved moved : moves.match(removed, added)) {
            Mapping before = moved.before();
            long bytes = moved.to().length() - moved.from().length();
            add(ChangeKind.MOVED, moved.after().role(), moved.to(), bytes, before, moved.after(), moved.cause());
        }
        added.forEach(stretch -> added(comparison, stretch));
        removed.forEach(stretch -> removed(comparison, stretch));
        for (Stretch stretch : comparison.of(Difference.REPROTECTED)) {
            Mapping after = Objects.requireNonNull(stretch.after());
            for (Causes.Part part : causes.ofPresent(stretch.range())) {
                add(ChangeKind.REPROTECTED, after.role(), part.range(), 0, stretch.before(), after, part);
            }
        }
        comparison.of(Difference.SAME).forEach(this::resident);
    }

    private void added(Comparison comparison, Stretch stretch) {
        Mapping after = Objects.requireNonNull(stretch.after());
        List<Stretch> origins = comparison.originsOf(after);
        ChangeKind kind = ChangeKind.ADDED;
        if (!origins.isEmpty()) {
            Mapping lowest = origins.get(0).before();
            Mapping highest = origins.get(origins.size() - 1).before();
            boolean between = isBelow(origins.get(0).range(), stretch.range())
                    && isBelow(stretch.range(), origins.get(origins.size() - 1).range());
            kind = between && !Objects.equals(lowest, highest) ? ChangeKind.MERGED : ChangeKind.GREW;
        }
        Mapping before = origins.isEmpty() ? null : origins.get(0).before();
        for (Causes.Part part : causes.ofPresent(stretch.range())) {
            boolean byTouch =
                    part.kind() == CauseKind.UNEXPLAINED && after.role() == Role.STACK && kind == ChangeKind.GREW;
            add(
                    kind,
                    after.role(),
                    part.range(),
                    part.range().length(),
                    before,
                    after,
                    byTouch ? new Causes.Part(part.range(), CauseKind.KERNEL, List.of()) : part);
        }
    }

    private void removed(Comparison comparison, Stretch stretch) {
        Mapping before = Objects.requireNonNull(stretch.before());
        List<Stretch> survivors = comparison.survivorsOf(before);
        ChangeKind kind = ChangeKind.REMOVED;
        if (!survivors.isEmpty()) {
            boolean between = isBelow(survivors.get(0).range(), stretch.range())
                    && isBelow(
                            stretch.range(), survivors.get(survivors.size() - 1).range());
            kind = between ? ChangeKind.SPLIT : ChangeKind.SHRANK;
        }
        Mapping after = survivors.isEmpty() ? null : survivors.get(0).after();
        for (Causes.Part part : causes.ofAbsent(stretch.range())) {
            add(kind, before.role(), part.range(), -part.range().length(), before, after, part);
        }
    }

    private static boolean isBelow(AddressRange low, AddressRange high) {
        return Long.compareUnsigned(low.end(), high.start()) <= 0;
    }

    private void resident(Stretch stretch) {
        Mapping before = Objects.requireNonNull(stretch.before());
        Mapping after = Objects.requireNonNull(stretch.after());
        Usage old = before.usage();
        Usage now = after.usage();
        if (!before.range().equals(after.range()) || old == null || now == null) {
            return;
        }
        boolean same = old.rss() == now.rss()
                && Objects.equals(old.anonymous(), now.anonymous())
                && Objects.equals(old.swap(), now.swap());
        if (!same) {
            List<Long> events = causes.ofResidency(stretch.range());
            CauseKind kind = events.isEmpty() ? CauseKind.KERNEL : CauseKind.EVENT;
            add(
                    ChangeKind.RESIDENCY,
                    after.role(),
                    after.range(),
                    now.rss() - old.rss(),
                    before,
                    after,
                    new Causes.Part(after.range(), kind, events));
        }
    }

    private void add(
            ChangeKind kind,
            Role role,
            AddressRange range,
            long bytes,
            @Nullable Mapping before,
            @Nullable Mapping after,
            Causes.Part cause) {
        changes.add(new Change(from, to, kind, role, range, "", bytes, before, after, cause.kind(), cause.events()));
    }
}
