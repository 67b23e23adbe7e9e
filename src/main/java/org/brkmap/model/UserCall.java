package org.brkmap.model;

import org.jspecify.annotations.Nullable;

/**
 * A call the program made of its C library, as the malloc probe saw it: what stands behind a system call. Immutable.
 *
 * @param operation the function's name, such as {@code malloc}
 * @param size bytes asked for, or null where the call has none (free)
 * @param pointer the address passed in (free, realloc, munmap), or null
 * @param site the calling place in the program, or null if not found
 */
public record UserCall(
        String operation,
        @Nullable Long size,
        @Nullable Long pointer,
        @Nullable CallSite site) {}
