package org.brkmap.report;

import org.brkmap.model.AddressRange;
import org.jspecify.annotations.Nullable;

/**
 * A row of the terminal's map: what lies there before and after.
 *
 * @param label what a person would call it
 * @param object the file or the part of memory that it belongs to: rows of one object that touch are one row
 * @param mark how it changed, or empty
 * @param before bytes, or null where nothing was
 * @param after bytes, or null where nothing is
 * @param resident bytes in memory after, or null if not known
 * @param parts how many mappings it stands for
 */
record MapRow(
        AddressRange range,
        Hue hue,
        String label,
        String object,
        String mark,
        @Nullable Long before,
        @Nullable Long after,
        @Nullable Long resident,
        int parts) {

    boolean isOneObjectWith(MapRow higher) {
        boolean grouped = hue == Hue.LIBRARY || hue == Hue.PROGRAM || hue == Hue.KERNEL;
        return hue == higher.hue
                && (grouped
                        ? object.equals(higher.object) || higher.object.isEmpty()
                        : mark.isEmpty() && higher.mark.isEmpty() && label.equals(higher.label));
    }

    boolean isAlike(MapRow higher) {
        return hue == higher.hue && mark.equals(higher.mark);
    }

    boolean isUnchangedAs(MapRow higher) {
        return mark.isEmpty() && higher.mark.isEmpty();
    }

    MapRow with(MapRow higher) {
        boolean alike = label.equals(higher.label) || (higher.object.isEmpty() && hue == higher.hue);
        return new MapRow(
                new AddressRange(range.start(), higher.range.end()),
                hue == higher.hue ? hue : Hue.OTHER,
                alike ? label : hue == higher.hue ? hue.title() : "unchanged",
                object.equals(higher.object) || higher.object.isEmpty() ? object : "",
                mark.isEmpty() ? higher.mark : mark,
                either(before, higher.before),
                either(after, higher.after),
                after == null ? higher.resident : higher.after == null ? resident : both(resident, higher.resident),
                parts + higher.parts);
    }

    private static @Nullable Long either(@Nullable Long one, @Nullable Long other) {
        return one == null ? other : other == null ? one : (Long) (one + other);
    }

    private static @Nullable Long both(@Nullable Long one, @Nullable Long other) {
        return one == null || other == null ? null : (Long) (one + other);
    }
}
