package org.brkmap.model;

/** What stands behind a change. */
public enum CauseKind {
    /** System calls of the program; the change names them. */
    EVENT,
    /** System calls of the dynamic loader; the change names them. */
    LOADER,
    /** The kernel on its own: stack growth, a page fault, copy-on-write. */
    KERNEL,
    /** Nothing that was seen explains it. */
    UNEXPLAINED,
    /** Nothing that could explain it was seen, for the program could not be traced. */
    NOT_OBSERVED
}
