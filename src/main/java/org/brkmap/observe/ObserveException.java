package org.brkmap.observe;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A program could not be observed at all. The message says what failed, and what to do about it. */
public final class ObserveException extends IOException {
    private static final long serialVersionUID = 1L;

    public ObserveException(String message) {
        this(message, null);
    }

    public ObserveException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
