package org.brkmap.toolchain;

/**
 * How a tool ended and what it said. Immutable.
 *
 * @param exit exit code; 128 plus the signal's number if a signal ended it, as a shell reports it
 * @param stdout standard output as UTF-8, up to the output limit
 * @param stderr standard error as UTF-8, up to the output limit
 * @param timedOut whether it was killed at the wall limit
 * @param truncated whether it was killed because it printed more than the output limit
 */
public record ToolResult(int exit, String stdout, String stderr, boolean timedOut, boolean truncated) {

    /** Whether it ended by itself with exit code 0. */
    public boolean succeeded() {
        return exit == 0 && !timedOut && !truncated;
    }
}
