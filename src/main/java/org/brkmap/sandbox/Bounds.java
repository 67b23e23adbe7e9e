package org.brkmap.sandbox;

/**
 * Limits on each program in a sandbox (getrlimit(2)). Immutable.
 *
 * @param dataBytes private writable memory of a process
 * @param memoryBytes what all programs of a submission hold together, where there are control groups
 * @param fileBytes a file that it writes
 * @param scratchBytes each of the file systems in memory that it gets
 * @param stackBytes the stack of a first thread; fixed, because its size moves the addresses of mappings
 * @param processes alive at once, threads counted
 * @param seconds of processor time for each process
 */
public record Bounds(
        long dataBytes,
        long memoryBytes,
        long fileBytes,
        long scratchBytes,
        long stackBytes,
        int processes,
        int seconds) {
    private static final long MIB = 1 << 20;

    /** 1 GiB of memory and 2 GiB for all together, files of 64 MiB, 64 MiB of scratch, 8 MiB of stack, 128 processes, 20 seconds. */
    public static final Bounds DEFAULT = new Bounds(1024 * MIB, 2048 * MIB, 64 * MIB, 64 * MIB, 8 * MIB, 128, 20);

    /** What ends a compiler, in a few words. */
    String describe() {
        return seconds + " s of processor time, " + dataBytes / MIB + " MiB of memory, files of " + fileBytes / MIB
                + " MiB";
    }
}
