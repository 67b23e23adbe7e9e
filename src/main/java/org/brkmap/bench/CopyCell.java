package org.brkmap.bench;

import java.util.Locale;

/**
 * The circumstances of a copy. Immutable.
 *
 * @param bytes the length of the source
 * @param synced whether the time until the disk has the copy counts (fsync(2))
 */
public record CopyCell(long bytes, Cache cache, Destination destination, boolean synced) {
    /** Whether the source is in the page cache when the clock starts. */
    public enum Cache {
        WARM,
        COLD
    }

    /** What stands where the copy goes. */
    public enum Destination {
        /** Nothing: the file is made, and the file system finds room for it. */
        NEW,
        /** A file of the same length, that is written over. */
        OVERWRITTEN
    }

    /** For example {@code warm source, new destination, not synced}. */
    String circumstances() {
        return cache.name().toLowerCase(Locale.ROOT) + " source, "
                + destination.name().toLowerCase(Locale.ROOT) + " destination, "
                + (synced ? "synced" : "not synced");
    }

    boolean differsOnlyInSizeFrom(CopyCell other) {
        return cache == other.cache && destination == other.destination && synced == other.synced;
    }
}
