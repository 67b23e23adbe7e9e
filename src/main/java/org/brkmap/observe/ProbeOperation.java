package org.brkmap.observe;

import java.util.List;
import java.util.Locale;
import org.brkmap.model.CallSite;
import org.brkmap.model.UserCall;
import org.jspecify.annotations.Nullable;

/** The functions the malloc probe wraps, in the order of PROBE_OPERATIONS in src/main/c/probe_layout.h. */
enum ProbeOperation {
    NONE,
    MALLOC,
    CALLOC,
    REALLOC,
    REALLOCARRAY,
    FREE,
    MEMALIGN,
    ALIGNED_ALLOC,
    POSIX_MEMALIGN,
    VALLOC,
    PVALLOC,
    MALLOC_TRIM,
    SBRK,
    BRK,
    MMAP,
    MUNMAP,
    MREMAP,
    MPROTECT,
    MADVISE,
    SHMAT,
    SHMDT,
    PTHREAD_CREATE,
    DLOPEN,
    DLCLOSE,
    ABORT,
    ASSERT;

    private static final ProbeOperation[] ALL = values();

    /** The target can write what it likes into the memory it shares with us: a number we do not know is no operation. */
    static ProbeOperation of(int number) {
        return number >= 0 && number < ALL.length ? ALL[number] : NONE;
    }

    int number() {
        return List.of(ALL).indexOf(this);
    }

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    UserCall toCall(long size, long pointer, @Nullable CallSite site) {
        boolean sized = switch (this) {
            case NONE, FREE, BRK, SHMAT, SHMDT, PTHREAD_CREATE, DLOPEN, DLCLOSE, ABORT, ASSERT -> false;
            default -> true;
        };
        return new UserCall(title(), sized ? size : null, pointer == 0 ? null : pointer, site);
    }
}
