package org.brkmap.procfs;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file of {@code /proc/PID} could not be read; the kind tells the reader what to do about it, the message also to whom it happened. */
public final class ProcException extends IOException {

    /** What went wrong, by what the reader can do about it. */
    public enum Kind {
        /** The kernel refuses: another user's process, one that is not dumpable, Yama, or a sandbox. Gain the right, or do without. */
        DENIED,
        /** The process has ended, or never was. Nothing is left to read. */
        GONE,
        /** The process changed while it was read. Stop it first, or read again. */
        RACED,
        /** The text is not what the kernel documents: cut, altered, or a bug of ours. */
        MALFORMED,
        /** This kernel has no such file, or this kind of process (a kernel's own thread) has no such thing. Do without. */
        UNAVAILABLE
    }

    private final Kind kind;

    ProcException(Kind kind, String message) {
        this(kind, message, null);
    }

    ProcException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
