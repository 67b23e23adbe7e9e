package org.brkmap.model;

import org.jspecify.annotations.Nullable;

/**
 * One thread of a stopped process. Immutable.
 *
 * @param name as in {@code /proc/PID/task/TID/comm}
 * @param stackPointer its stack pointer, or null if not read
 * @param interrupted name of the system call that stopping it interrupted, or null
 */
public record ThreadState(
        int tid,
        String name,
        @Nullable Long stackPointer,
        @Nullable String interrupted) {}
