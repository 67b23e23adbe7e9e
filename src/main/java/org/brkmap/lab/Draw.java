package org.brkmap.lab;

import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Draws the sizes of one question: the same for the same seed, lab, exercise and attempt, on every machine. Not
 * thread-safe.
 */
public final class Draw {
    private final SplittableRandom random;

    Draw(long seed, String lab, String exercise, int attempt) {
        // String.hashCode is specified, so this is the same everywhere.
        random = new SplittableRandom(seed * 1_000_003L + Objects.hash(lab, exercise, attempt));
    }

    /** A whole number from low to high, both included. */
    public long between(long low, long high) {
        return random.nextLong(low, high + 1);
    }

    /** One of several. */
    public <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
