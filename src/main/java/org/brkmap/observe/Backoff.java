package org.brkmap.observe;

import java.util.concurrent.TimeUnit;

/**
 * Pauses between looks at something that nobody announces: none at first, then short ones that double up to a bound, until
 * something happens. So what is busy is seen at once, and what is idle costs next to nothing.
 */
final class Backoff {
    private static final int LOOKS_AT_ONCE = 20;
    private static final long SHORTEST_NANOS = 50_000;

    private final long longestNanos;
    private int looks;
    private long nanos = SHORTEST_NANOS;

    Backoff(long longestMillis) {
        longestNanos = TimeUnit.MILLISECONDS.toNanos(longestMillis);
    }

    /** Something happened: look again soon. */
    void reset() {
        looks = 0;
        nanos = SHORTEST_NANOS;
    }

    /** Nothing happened: gives way to others, then waits. */
    @SuppressWarnings("ThreadPriorityCheck") // yielding is a courtesy here, nothing depends on it
    void pause() throws InterruptedException {
        if (++looks <= LOOKS_AT_ONCE) {
            Thread.yield();
            return;
        }
        TimeUnit.NANOSECONDS.sleep(nanos);
        nanos = Math.min(nanos * 2, longestNanos);
    }
}
