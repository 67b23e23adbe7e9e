package org.brkmap.export;

import java.io.IOException;

/** What stands against an export; nothing was written then. The message says what, where, and what to do. */
public final class ExportException extends IOException {
    private static final long serialVersionUID = 1L;

    ExportException(String message) {
        super(message);
    }
}
