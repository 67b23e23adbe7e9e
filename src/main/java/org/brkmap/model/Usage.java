package org.brkmap.model;

import org.jspecify.annotations.Nullable;

/**
 * How much of a mapping is in memory, from its entry in {@code /proc/PID/smaps} (proc_pid_smaps(5)). All values are bytes;
 * null where this kernel does not say. Immutable.
 */
public record Usage(
        long rss,
        @Nullable Long pss,
        @Nullable Long sharedClean,
        @Nullable Long sharedDirty,
        @Nullable Long privateClean,
        @Nullable Long privateDirty,
        @Nullable Long referenced,
        @Nullable Long anonymous,
        @Nullable Long lazyFree,
        @Nullable Long anonymousHuge,
        @Nullable Long swap,
        @Nullable Long locked) {}
