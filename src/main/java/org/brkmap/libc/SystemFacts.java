package org.brkmap.libc;

import org.jspecify.annotations.Nullable;

/** What the C library tells of the machine. Thread-safe. */
public final class SystemFacts {
    private static final int SC_PAGESIZE = 30;

    private SystemFacts() {}

    /** Bytes of a page (sysconf(3)). */
    public static int pageSize() {
        return (int) CLibrary.sysconf(SC_PAGESIZE);
    }

    /** {@code glibc 2.36}, or null where the C library is another. */
    public static @Nullable String libc() {
        try {
            return "glibc " + CLibrary.gnu_get_libc_version();
        } catch (UnsatisfiedLinkError e) {
            return null;
        }
    }
}
