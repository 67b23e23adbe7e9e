package org.brkmap.observe;

import java.io.IOException;

/** The kernel or a sandbox does not let us trace what we start; it may still be watched. */
final class TracingRefused extends IOException {
    private static final long serialVersionUID = 1L;

    TracingRefused(String message, Throwable cause) {
        super(message, cause);
    }

    TracingRefused(String message) {
        super(message);
    }
}
