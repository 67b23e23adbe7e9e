package org.brkmap.evidence;

import java.io.IOException;

/** A text that is not evidence as this version writes it. The message names the place, such as {@code $.changes[3].kind}. */
public final class EvidenceException extends IOException {
    private static final long serialVersionUID = 1L;

    EvidenceException(String path, String problem) {
        super(path + ": " + problem);
    }

    EvidenceException(String path, String problem, Throwable cause) {
        super(path + ": " + problem, cause);
    }
}
