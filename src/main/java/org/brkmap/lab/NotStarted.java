package org.brkmap.lab;

import org.opentest4j.TestAbortedException;

/** The student has not begun the exercise, or may not see it yet: it is skipped, and the message says what to open. */
final class NotStarted extends TestAbortedException {
    private static final long serialVersionUID = 1L;

    NotStarted(String whatToOpen) {
        super(whatToOpen);
    }
}
