package org.brkmap.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.brkmap.bench.CopyCell.Cache;
import org.brkmap.bench.CopyCell.Destination;

/**
 * What to measure. Immutable.
 *
 * @param sizes lengths of the source, in bytes
 * @param caches whether the source is in the page cache
 * @param destinations whether the destination is there already
 * @param synced whether the time until the disk has the copy counts
 * @param rounds counted copies of each way in each cell
 * @param seed decides the order of the runs and the content of the files
 * @param only ids of the ways to measure; empty for all
 * @param dropCaches whether, as root, all caches of the machine may be emptied where advice is not enough
 */
public record CopyPlan(
        List<Long> sizes,
        Set<Cache> caches,
        Set<Destination> destinations,
        Set<Boolean> synced,
        int rounds,
        long seed,
        Set<String> only,
        boolean dropCaches) {
    /** No interval means much with fewer. */
    public static final int FEWEST_ROUNDS = 10;

    public CopyPlan {
        sizes = sizes.stream().distinct().sorted().toList();
        caches = Set.copyOf(caches);
        destinations = Set.copyOf(destinations);
        synced = Set.copyOf(synced);
        only = Set.copyOf(only);
    }

    /** Every combination, those of one circumstance together, small files first. */
    List<CopyCell> cells() {
        List<CopyCell> cells = new ArrayList<>();
        for (Cache cache : sorted(caches)) {
            for (Destination destination : sorted(destinations)) {
                for (boolean sync : sorted(synced)) {
                    sizes.forEach(bytes -> cells.add(new CopyCell(bytes, cache, destination, sync)));
                }
            }
        }
        return cells;
    }

    /** The textbook's pair and the limit are always measured: all else is told as a ratio to them. */
    boolean wants(CopyStrategy strategy) {
        return only.isEmpty()
                || only.contains(strategy.id())
                || strategy.isLimit()
                || strategy.id().equals(CopyStrategy.TEXTBOOK)
                || strategy.id().equals(CopyStrategy.TEXTBOOK_MAPPED);
    }

    long largest() {
        return sizes.get(sizes.size() - 1);
    }

    private static <T extends Comparable<T>> List<T> sorted(Set<T> values) {
        return values.stream().sorted(Comparator.naturalOrder()).toList();
    }
}
