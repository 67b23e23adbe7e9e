package org.brkmap.lab;

import org.opentest4j.AssertionFailedError;

/** An answer that is wrong, or not an answer. The message never tells the right one. */
final class NotRight extends AssertionFailedError {
    private static final long serialVersionUID = 1L;

    NotRight(String message) {
        super(message);
    }

    NotRight(String message, String expected, String actual) {
        super(message, expected, actual);
    }
}
