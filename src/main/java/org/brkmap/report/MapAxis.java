package org.brkmap.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.brkmap.model.AddressRange;

/**
 * Places addresses on paper: high ones on top, each region as high as the logarithm of its size, each gap as high as its label.
 * All columns of a picture share one axis, so that what did not move stays level. Regions of different columns that overlap,
 * such as a heap before and after it grew, share one place, whose height is that of the larger; what lies inside such a place
 * has its part of it, again by logarithm.
 */
final class MapAxis {
    static final double GAP = 26;
    private static final double LEAST = 19;
    private static final double PER_DOUBLING = 3.6;
    private static final double LEAST_PIECE = 7;

    /** A place or a gap, from its top to its bottom. */
    record Band(AddressRange range, double top, double bottom, boolean gap) {}

    private final List<Band> bands = new ArrayList<>();
    /** Edges from low to high, and how far down each is. */
    private final long[] edges;

    private final double[] down;
    private double height;

    MapAxis(List<List<MapRegion>> columns, int pageSize) {
        TreeSet<Long> all = new TreeSet<>(Long::compareUnsigned);
        for (List<MapRegion> column : columns) {
            for (MapRegion region : column) {
                all.add(region.range().start());
                all.add(region.range().end());
            }
        }
        edges = all.stream().mapToLong(Long::longValue).toArray();
        down = new double[edges.length];
        for (AddressRange place : places(columns)) {
            if (!bands.isEmpty()) {
                long above = bands.get(bands.size() - 1).range().start();
                if (above != place.end()) {
                    bands.add(new Band(new AddressRange(place.end(), above), height, height + GAP, true));
                    height += GAP;
                }
            }
            int upper = index(place.end());
            int pieces = upper - index(place.start());
            double tall = Math.max(heightOf(size(place, columns), pageSize), pieces * LEAST_PIECE);
            lay(place, upper, pieces, tall, pageSize);
        }
    }

    private void lay(AddressRange place, int upper, int pieces, double tall, int pageSize) {
        double[] weights = new double[pieces];
        double sum = 0;
        for (int i = 0; i < pieces; i++) {
            weights[i] = 2 + log2((double) (edges[upper - i] - edges[upper - i - 1]) / pageSize);
            sum += weights[i];
        }
        double spare = tall - pieces * LEAST_PIECE;
        double y = height;
        down[upper] = y;
        for (int i = 0; i < pieces; i++) {
            y += LEAST_PIECE + spare * weights[i] / sum;
            down[upper - i - 1] = i == pieces - 1 ? height + tall : y;
        }
        bands.add(new Band(place, height, height + tall, false));
        height += tall;
    }

    /** Where something lies in any column, from high to low: overlapping regions together. */
    private static List<AddressRange> places(List<List<MapRegion>> columns) {
        List<AddressRange> ranges = new ArrayList<>();
        columns.forEach(column -> column.forEach(region -> ranges.add(region.range())));
        ranges.sort(Comparator.<AddressRange>naturalOrder());
        List<AddressRange> places = new ArrayList<>();
        for (AddressRange range : ranges) {
            AddressRange last = places.isEmpty() ? null : places.get(places.size() - 1);
            if (last != null && last.overlaps(range)) {
                long end = Long.compareUnsigned(last.end(), range.end()) >= 0 ? last.end() : range.end();
                places.set(places.size() - 1, new AddressRange(last.start(), end));
            } else {
                places.add(range);
            }
        }
        Collections.reverse(places);
        return places;
    }

    /** The most that any column has there. */
    private static long size(AddressRange place, List<List<MapRegion>> columns) {
        return columns.stream()
                .mapToLong(column -> column.stream()
                        .filter(region -> place.contains(region.range()))
                        .mapToLong(MapRegion::bytes)
                        .sum())
                .max()
                .orElse(0);
    }

    /** How high a region of this size is, where it has its place to itself. */
    static double heightOf(long bytes, int pageSize) {
        return LEAST + PER_DOUBLING * log2((double) bytes / pageSize);
    }

    List<Band> bands() {
        return bands;
    }

    double height() {
        return height;
    }

    /** How far down an address is; one between two edges in proportion, one outside at the picture's edge. */
    double y(long address) {
        if (edges.length == 0 || Long.compareUnsigned(address, edges[edges.length - 1]) >= 0) {
            return 0;
        }
        if (Long.compareUnsigned(address, edges[0]) <= 0) {
            return height;
        }
        int low = index(address);
        double part = (double) (address - edges[low]) / (edges[low + 1] - edges[low]);
        return down[low] + part * (down[low + 1] - down[low]);
    }

    /** The last edge that is not above the address. */
    private int index(long address) {
        int low = 0;
        int high = edges.length;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(edges[middle], address) <= 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    double top(AddressRange range) {
        return y(range.end());
    }

    double bottom(AddressRange range) {
        return y(range.start());
    }

    private static double log2(double value) {
        return Math.max(0, Math.log(value) / Math.log(2));
    }
}
