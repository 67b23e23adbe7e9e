package org.brkmap.report;

import java.util.ArrayList;
import java.util.List;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.brkmap.model.Usage;
import org.jspecify.annotations.Nullable;

/**
 * A block of the picture: one mapping, or neighbours that belong together and did not change.
 *
 * @param resident bytes in memory, or null if not known
 * @param rows how many mappings it stands for
 */
record MapRegion(
        AddressRange range,
        Hue hue,
        String label,
        boolean guard,
        @Nullable Long resident,
        int rows,
        boolean changed) {

    private static final int MOST_BLOCKS = 48;

    /** The blocks of one side, in order of address. Unchanged parts of one file are one block. */
    static List<MapRegion> of(List<Mapping> mappings, List<AddressRange> changed) {
        List<MapRegion> blocks = new ArrayList<>();
        for (Mapping mapping : mappings) {
            if (mapping.role().isCounted()) {
                MapRegion next = of(mapping, changed);
                MapRegion last = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
                if (last != null && last.joins(next)) {
                    blocks.set(blocks.size() - 1, last.with(next));
                } else {
                    blocks.add(next);
                }
            }
        }
        return blocks.size() <= MOST_BLOCKS ? blocks : binned(blocks);
    }

    private static MapRegion of(Mapping mapping, List<AddressRange> changed) {
        Usage usage = mapping.usage();
        boolean differs = changed.stream().anyMatch(range -> range.overlaps(mapping.range()));
        return new MapRegion(
                mapping.range(),
                Hue.of(mapping.role()),
                label(mapping),
                mapping.permissions().none(),
                usage == null ? null : (Long) usage.rss(),
                1,
                differs);
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

    private boolean joins(MapRegion next) {
        return hue == Hue.LIBRARY
                && next.hue == Hue.LIBRARY
                && !changed
                && !next.changed
                && range.end() == next.range.start()
                && (label.equals(next.label) || next.label.startsWith("library "));
    }

    private MapRegion with(MapRegion next) {
        Long sum = resident == null || next.resident == null ? null : (Long) (resident + next.resident);
        return new MapRegion(
                new AddressRange(range.start(), next.range.end()),
                hue,
                label,
                guard && next.guard,
                sum,
                rows + next.rows,
                changed || next.changed);
    }

    /** Joins neighbours of one hue, however far apart, until few enough are left. */
    private static List<MapRegion> binned(List<MapRegion> blocks) {
        List<MapRegion> bins = new ArrayList<>();
        int each = blocks.size() / MOST_BLOCKS + 1;
        for (MapRegion block : blocks) {
            MapRegion last = bins.isEmpty() ? null : bins.get(bins.size() - 1);
            boolean near = last != null
                    && last.hue == block.hue
                    && last.rows < each * 4
                    && (!last.changed || !block.changed || last.rows < each);
            if (last != null && near) {
                MapRegion bin = last.with(block);
                bins.set(
                        bins.size() - 1,
                        new MapRegion(
                                bin.range, bin.hue, bin.hue.title(), bin.guard, bin.resident, bin.rows, bin.changed));
            } else {
                bins.add(block);
            }
        }
        return bins.size() > MOST_BLOCKS * 4 ? bins.subList(0, MOST_BLOCKS * 4) : bins;
    }
}
