package org.brkmap.analyse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;
import org.jspecify.annotations.Nullable;

/** Lays two canonical address spaces over each other and says for each stretch of addresses what it was and is. Immutable. */
final class Comparison {

    /** How a stretch differs. */
    enum Difference {
        SAME,
        ADDED,
        REMOVED,
        REPROTECTED
    }

    /** A stretch of addresses with the interval that holds it before and after, null where there is none. */
    record Stretch(
            Difference difference,
            AddressRange range,
            @Nullable Mapping before,
            @Nullable Mapping after) {}

    private final List<Stretch> stretches;
    private final Map<AddressRange, List<Stretch>> survivors = new HashMap<>();
    private final Map<AddressRange, List<Stretch>> origins = new HashMap<>();

    private Comparison(List<Stretch> stretches) {
        this.stretches = List.copyOf(stretches);
        for (Stretch stretch :
                stretches.stream().sorted(Comparator.comparing(Stretch::range)).toList()) {
            Mapping before = stretch.before;
            Mapping after = stretch.after;
            if (before != null && after != null) {
                survivors
                        .computeIfAbsent(before.range(), key -> new ArrayList<>())
                        .add(stretch);
                if (stretch.difference == Difference.SAME) {
                    origins.computeIfAbsent(after.range(), key -> new ArrayList<>())
                            .add(stretch);
                }
            }
        }
    }

    /**
     * Compares.
     *
     * @param replaced whether calls put something else at a range meanwhile: rows of anonymous memory do not show it
     */
    static Comparison of(List<Mapping> before, List<Mapping> after, Predicate<AddressRange> replaced) {
        List<Stretch> found = new ArrayList<>();
        Cursor old = new Cursor(before);
        Cursor now = new Cursor(after);
        long[] bounds = Intervals.bounds(before, after);
        for (int i = 1; i < bounds.length; i++) {
            long from = bounds[i - 1];
            compare(new AddressRange(from, bounds[i]), old.at(from), now.at(from), replaced, found);
        }
        return new Comparison(joined(found));
    }

    private static void compare(
            AddressRange range,
            @Nullable Mapping old,
            @Nullable Mapping now,
            Predicate<AddressRange> replaced,
            List<Stretch> found) {
        if (old != null && now != null && isSameMemory(range, old, now, replaced)) {
            Difference difference =
                    old.permissions().equals(now.permissions()) ? Difference.SAME : Difference.REPROTECTED;
            found.add(new Stretch(difference, range, old, now));
            return;
        }
        if (old != null) {
            found.add(new Stretch(Difference.REMOVED, range, old, null));
        }
        if (now != null) {
            found.add(new Stretch(Difference.ADDED, range, null, now));
        }
    }

    private static boolean isSameMemory(
            AddressRange range, Mapping old, Mapping now, Predicate<AddressRange> replaced) {
        boolean alike = old.permissions().shared() == now.permissions().shared()
                && Intervals.isSame(
                        old.backing(),
                        old.range().start(),
                        now.backing(),
                        now.range().start());
        return alike && (old.role() == now.role() || !replaced.test(range));
    }

    /** Joins neighbouring stretches that differ in the same way between the same two intervals. */
    private static List<Stretch> joined(List<Stretch> found) {
        List<Stretch> joined = new ArrayList<>();
        for (Difference difference : Difference.values()) {
            Stretch last = null;
            for (Stretch next : found) {
                if (next.difference != difference) {
                    continue;
                }
                if (last != null
                        && last.range.end() == next.range.start()
                        && Objects.equals(last.before, next.before)
                        && Objects.equals(last.after, next.after)) {
                    AddressRange both = new AddressRange(last.range.start(), next.range.end());
                    joined.remove(joined.size() - 1);
                    next = new Stretch(difference, both, next.before, next.after);
                }
                joined.add(next);
                last = next;
            }
        }
        return joined;
    }

    List<Stretch> of(Difference difference) {
        return stretches.stream()
                .filter(stretch -> stretch.difference == difference)
                .toList();
    }

    /** What is left of an interval of before: the stretches that are still the same memory. */
    List<Stretch> survivorsOf(Mapping before) {
        return survivors.getOrDefault(before.range(), List.of());
    }

    /** Which stretches of an interval of after were there before, unchanged. */
    List<Stretch> originsOf(Mapping after) {
        return origins.getOrDefault(after.range(), List.of());
    }
}
