package org.brkmap.libc;

/** What this process's standard error is. Thread-safe. */
public final class StandardError {
    private static final int FD = 2;

    private StandardError() {}

    /** Whether a person reads along (isatty(3)). */
    public static boolean isTerminal() {
        return CLibrary.isatty(FD) == 1;
    }
}
