package org.brkmap.report;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.brkmap.model.AddressRange;

/**
 * Places addresses on paper: high ones on top, each piece as high as the logarithm of its size, each gap as high as its label.
 * Both sides of a picture share one axis, so that what did not move stays level.
 */
final class MapAxis {
    static final double GAP = 26;
    private static final double LEAST = 20;
    private static final double PER_DOUBLING = 3.2;

    /** A piece or a gap, from its top to its bottom. */
    record Band(AddressRange range, double top, double bottom, boolean gap) {}

    private final List<Band> bands = new ArrayList<>();
    private double height;

    MapAxis(List<MapRegion> before, List<MapRegion> after, int pageSize) {
        TreeSet<Long> edges = new TreeSet<>(Long::compareUnsigned);
        for (List<MapRegion> side : List.of(before, after)) {
            for (MapRegion region : side) {
                edges.add(region.range().start());
                edges.add(region.range().end());
            }
        }
        List<Long> down = new ArrayList<>(edges.descendingSet());
        for (int i = 0; i + 1 < down.size(); i++) {
            AddressRange range = new AddressRange(down.get(i + 1), down.get(i));
            boolean gap = !covers(before, range) && !covers(after, range);
            double size = gap ? GAP : LEAST + PER_DOUBLING * Math.max(0, log2((double) range.length() / pageSize));
            bands.add(new Band(range, height, height + size, gap));
            height += size;
        }
    }

    List<Band> bands() {
        return bands;
    }

    double height() {
        return height;
    }

    /** The height of the upper edge of a range that the axis was made from. */
    double top(AddressRange range) {
        return bands.stream()
                .filter(band -> band.range().end() == range.end())
                .mapToDouble(Band::top)
                .findFirst()
                .orElse(0);
    }

    double bottom(AddressRange range) {
        return bands.stream()
                .filter(band -> band.range().start() == range.start())
                .mapToDouble(Band::bottom)
                .findFirst()
                .orElse(height);
    }

    private static boolean covers(List<MapRegion> side, AddressRange range) {
        return side.stream().anyMatch(region -> region.range().overlaps(range));
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }
}
