package org.brkmap.model;

/** The state of one page, from {@code /proc/PID/pagemap} (Documentation/admin-guide/mm/pagemap.rst). */
public enum PageState {
    /** Nothing is there yet; the next touch faults. */
    ABSENT,
    /** Read but never written: the kernel's one page of zeros. */
    ZERO,
    /** Private anonymous memory. */
    ANONYMOUS,
    /** A page of the page cache, as the file holds it. */
    FILE,
    /** A private copy of a file's page, made by a write. */
    COPIED,
    /** A page of shared memory. */
    SHARED,
    SWAPPED,
    /** Part of a transparent or explicit huge page. */
    HUGE,
    /** A guard installed by madvise(MADV_GUARD_INSTALL). */
    GUARD
}
