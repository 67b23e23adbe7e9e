package org.brkmap.libc;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.OptionalLong;

/** What the C library tells of the machine. Thread-safe. */
public final class SystemFacts {
    private static final int SC_PAGESIZE = 30;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private SystemFacts() {}

    /** Bytes of a page (sysconf(3)). */
    public static int pageSize() {
        return (int) CLibrary.sysconf(SC_PAGESIZE);
    }

    /** What a clock of the machine shows, in nanoseconds (clock_gettime(2)); empty if it has no such clock. */
    public static OptionalLong clockNanos(int clock) {
        try (Memory time = CLibrary.memory(16)) {
            return CLibrary.clock_gettime(clock, Pointer.nativeValue(time)) == -1
                    ? OptionalLong.empty()
                    : OptionalLong.of(time.getLong(0) * NANOS_PER_SECOND + time.getLong(8));
        }
    }
}
