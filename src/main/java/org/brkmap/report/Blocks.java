package org.brkmap.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;

/**
 * Cuts address spaces into the blocks of a picture, the same way for every column. Unchanged parts of one library are one block.
 * Where there are more places than a picture can hold, neighbouring places are drawn as one; a block says how many mappings it stands for.
 */
final class Blocks {
    private static final int MOST_PLACES = 64;
    /** No block reaches over a gap this large: the parts of an address space stay apart. */
    private static final long FAR = 1L << 34;

    /**
     * Where something lies in any column.
     *
     * @param joined whether all that a column has there is one block
     */
    private record Place(AddressRange range, Hue hue, String label, boolean changed, boolean joined) {
        Place with(Place next, boolean join) {
            long end = Long.compareUnsigned(range.end(), next.range.end()) >= 0 ? range.end() : next.range.end();
            return new Place(
                    new AddressRange(range.start(), end),
                    hue,
                    label.equals(next.label) || hue == Hue.LIBRARY ? label : hue.title(),
                    changed || next.changed,
                    join || joined || next.joined);
        }
    }

    private final List<Place> places = new ArrayList<>();

    /** How to cut these columns; their mappings are in order of address. */
    Blocks(List<List<Mapping>> columns, List<AddressRange> changed) {
        List<AddressRange> differing = new ArrayList<>(changed);
        Collections.sort(differing);
        List<Mapping> all = new ArrayList<>();
        columns.forEach(all::addAll);
        all.removeIf(mapping -> !mapping.role().isCounted());
        all.sort(Comparator.comparing(Mapping::range));
        for (Mapping mapping : all) {
            MapRegion region = MapRegion.of(mapping);
            Place next =
                    new Place(region.range(), region.hue(), region.label(), meets(differing, region.range()), false);
            Place last = places.isEmpty() ? null : places.get(places.size() - 1);
            boolean library = last != null && isOneLibrary(last, next);
            if (last != null && (library || last.range().overlaps(next.range()))) {
                places.set(places.size() - 1, last.with(next, library));
            } else {
                places.add(next);
            }
        }
        for (boolean anyHue : new boolean[] {false, true}) {
            if (places.size() > MOST_PLACES) {
                join(anyHue);
            }
        }
    }

    private static boolean meets(List<AddressRange> sorted, AddressRange range) {
        int at = Collections.binarySearch(sorted, range);
        int near = at >= 0 ? at : -at - 1;
        return (near < sorted.size() && sorted.get(near).overlaps(range))
                || (near > 0 && sorted.get(near - 1).overlaps(range));
    }

    private static boolean isOneLibrary(Place last, Place next) {
        return last.hue == Hue.LIBRARY
                && next.hue == Hue.LIBRARY
                && !last.changed
                && !next.changed
                && last.range.end() == next.range.start()
                && (last.label.equals(next.label) || next.label.startsWith("library "));
    }

    /** Joins neighbours, as many to one as it takes; those far apart stay apart. */
    private void join(boolean anyHue) {
        int each = places.size() / MOST_PLACES + 1;
        List<Place> joined = new ArrayList<>();
        int count = 0;
        for (Place next : places) {
            Place last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null
                    && count < each * 2
                    && (anyHue || last.hue == next.hue)
                    && next.range.start() - last.range.end() < FAR) {
                joined.set(joined.size() - 1, last.with(next, true));
                count++;
            } else {
                joined.add(next);
                count = 1;
            }
        }
        places.clear();
        places.addAll(joined);
    }

    /** The blocks of one column, in order of address. */
    List<MapRegion> of(List<Mapping> column) {
        List<MapRegion> blocks = new ArrayList<>();
        int at = 0;
        int drawn = -1;
        for (Mapping mapping : column) {
            if (!mapping.role().isCounted()) {
                continue;
            }
            while (!places.get(at).range().contains(mapping.range())) {
                at++;
            }
            MapRegion next = MapRegion.of(mapping);
            if (drawn == at && places.get(at).joined()) {
                blocks.set(blocks.size() - 1, blocks.get(blocks.size() - 1).with(next));
            } else {
                blocks.add(next);
            }
            drawn = at;
        }
        return blocks;
    }
}
