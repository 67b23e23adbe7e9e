package org.brkmap.model;

/** Why the target was stopped and its address space read. */
public enum CheckpointKind {
    /** A program has just been executed; its loader has not run yet. */
    EXEC,
    /** It waits for its terminal. */
    INPUT,
    /** It sleeps for a second or more. */
    SLEEP,
    /** It waits for a signal. */
    PAUSE,
    /** It called checkpoint("label"). */
    MARKER,
    /** It is about to exit; the address space is still whole. */
    EXIT,
    /** A signal is about to end it. */
    CRASH,
    /** A limit of the harness was reached. */
    LIMIT,
    /** We took hold of a process that was running already. */
    ATTACH,
    /** A look at a process that runs on its own, some time after the last. */
    LOOK,
    /** We are about to let go of a process, which runs on. */
    DETACH
}
