package org.brkmap.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the calling thread has used so far, from /proc/thread-self/stat (proc_pid_stat(5)). The times come in clock ticks, of
 * which Linux shows every program a hundred a second (USER_HZ, part of its interface), so that short copies round to none.
 */
record ThreadUse(long minorFaults, long majorFaults, long userMicros, long systemMicros) {
    private static final long MICROS_A_TICK = 10_000;

    static ThreadUse now() throws IOException {
        String stat = Files.readString(Path.of("/proc/thread-self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return new ThreadUse(
                Long.parseLong(fields[7]),
                Long.parseLong(fields[9]),
                Long.parseLong(fields[11]) * MICROS_A_TICK,
                Long.parseLong(fields[12]) * MICROS_A_TICK);
    }
}
