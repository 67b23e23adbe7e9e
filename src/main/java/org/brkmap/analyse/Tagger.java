package org.brkmap.analyse;

import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Role;
import org.brkmap.model.UserCall;
import org.jspecify.annotations.Nullable;

/** Tells what a new anonymous mapping is for where its row of maps will not show it, from the mmap call that makes it. */
final class Tagger {
    /** The file name of brkmap's preloaded probe, and the name of the memory it shares with the tracer. */
    static final String PROBE_LIBRARY = "libbrkmap-probe.so";

    static final String PROBE_MEMORY = "/memfd:brkmap-probe";

    /** Thread arenas are reserved in powers of two, of 64 MiB with glibc's defaults; a smaller reserve is the program's own. */
    private static final long SMALLEST_RESERVE = 1L << 20;

    @Nullable Role tag(MemoryEvent event, AddressSpace space) {
        long flags = event.arg(3);
        boolean plain = (flags & Calls.MAP_ANONYMOUS) != 0 && (flags & Calls.MAP_TYPE) != Calls.MAP_SHARED;
        if (!plain) {
            return null;
        }
        UserCall cause = event.cause();
        if (cause == null && isProbe(space.at(event.instruction()))) {
            return Role.PROBE;
        }
        boolean forStack = (flags & Calls.MAP_STACK) != 0;
        if (cause == null ? forStack : cause.operation().equals("pthread_create") && (forStack || isMuslStack(event))) {
            return Role.THREAD_STACK;
        }
        boolean reserve = event.arg(2) == 0 && (flags & Calls.MAP_NORESERVE) != 0;
        if (reserve
                && (cause == null
                        ? isReserveOfArena(event.arg(1))
                        : !cause.operation().startsWith("mmap"))) {
            return Role.ARENA;
        }
        return null;
    }

    /** musl maps a thread's stack without access, and then opens all of it but the guard. */
    private static boolean isMuslStack(MemoryEvent event) {
        return event.arg(2) == 0 && (event.arg(3) & Calls.MAP_NORESERVE) == 0;
    }

    static boolean isProbe(@Nullable Area area) {
        return area != null && isProbe(area.backing().name());
    }

    static boolean isProbe(String name) {
        return name.endsWith("/" + PROBE_LIBRARY) || name.startsWith(PROBE_MEMORY);
    }

    private static boolean isReserveOfArena(long length) {
        return Long.compareUnsigned(length, SMALLEST_RESERVE) >= 0 && Long.bitCount(length) == 1;
    }
}
