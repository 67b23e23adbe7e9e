package org.brkmap.model;

import java.time.Duration;

/**
 * Bounds on an observed program. Immutable.
 *
 * @param wallTime from launch to end
 * @param outputBytes on its terminal
 * @param memoryBytes private writable memory of each process (RLIMIT_DATA, getrlimit(2)); 0 for the caller's own limit
 * @param processes alive at once, threads counted, by the tracer's own count
 */
public record Limits(Duration wallTime, long outputBytes, long memoryBytes, int processes) {
    /** 20 seconds, 4 MiB of output, 2 GiB of memory, 64 processes and threads. */
    public static final Limits DEFAULT = new Limits(Duration.ofSeconds(20), 4L << 20, 2L << 30, 64);
}
