package org.brkmap.grade;

import java.io.IOException;

/** A file of the course that is not as it should be. The message names the file and line, and says what to do. */
public final class GradeException extends IOException {
    private static final long serialVersionUID = 1L;

    GradeException(String message) {
        super(message);
    }

    GradeException(String message, Throwable cause) {
        super(message, cause);
    }
}
