package org.brkmap.report;

import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.brkmap.model.Usage;
import org.jspecify.annotations.Nullable;

/**
 * A block of the picture: one mapping, or neighbours that are drawn as one.
 *
 * @param guard whether nothing in it may be touched
 * @param permissions as maps prints them; empty where the mappings of a block differ
 * @param bytes how much of the range is mapped
 * @param resident bytes in memory, or null if not known
 * @param rows how many mappings it stands for
 */
record MapRegion(
        AddressRange range,
        Hue hue,
        String label,
        boolean guard,
        String permissions,
        long bytes,
        @Nullable Long resident,
        int rows) {

    static MapRegion of(Mapping mapping) {
        Usage usage = mapping.usage();
        return new MapRegion(
                mapping.range(),
                Hue.of(mapping.role()),
                label(mapping),
                mapping.permissions().none(),
                mapping.permissions().toString(),
                mapping.size(),
                usage == null ? null : (Long) usage.rss(),
                1);
    }

    /** What a person would call it: the role, or the file that it is of. */
    static String label(Mapping mapping) {
        if (mapping.role().isLibrary() || mapping.role() == Role.FILE) {
            String name = mapping.backing().name();
            String file = name.substring(name.lastIndexOf('/') + 1);
            return file.isEmpty() ? mapping.role().title() : file;
        }
        return mapping.role().title();
    }

    /** This and what follows it as one block, under the name of the larger. */
    MapRegion with(MapRegion next) {
        Long sum = resident == null || next.resident == null ? null : (Long) (resident + next.resident);
        boolean first = bytes >= next.bytes;
        return new MapRegion(
                new AddressRange(range.start(), next.range.end()),
                first ? hue : next.hue,
                label.equals(next.label) || hue == Hue.LIBRARY ? label : (first ? hue : next.hue).title(),
                guard && next.guard,
                permissions.equals(next.permissions) ? permissions : "",
                bytes + next.bytes,
                sum,
                rows + next.rows);
    }

    /** What it is, in a line. */
    String describe() {
        return label + (rows > 1 ? " ×" + rows : "") + ", " + Sizes.compact(bytes) + ", resident "
                + Sizes.compact(resident) + (permissions.isEmpty() ? "" : ", " + permissions) + ", " + range;
    }
}
