package org.brkmap.libc;

/** What this process's standard input is. Thread-safe. */
public final class StandardInput {
    private static final int FD = 0;

    private StandardInput() {}

    /** Whether a person can answer (isatty(3)). */
    public static boolean isTerminal() {
        return CLibrary.isatty(FD) == 1;
    }
}
