package org.brkmap.lab;

import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/** A check that fails before it could compare anything: its program does not compile, crashed, or hung. */
final class CheckFailure extends AssertionFailedError {
    private static final long serialVersionUID = 1L;

    private final @Nullable String next;
    private final @Nullable String file;
    private final @Nullable Integer line;

    CheckFailure(
            String message,
            String expected,
            String actual,
            @Nullable String next,
            @Nullable String file,
            @Nullable Integer line) {
        super(message, expected, actual);
        this.next = next;
        this.file = file;
        this.line = line;
    }

    /** What to do next. */
    @Nullable String next() {
        return next;
    }

    /** The source file to look at. */
    @Nullable String file() {
        return file;
    }

    @Nullable Integer line() {
        return line;
    }
}
