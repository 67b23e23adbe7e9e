package org.brkmap.evidence;

import java.io.IOException;

/** A text that is not evidence as this version writes it. The message names the place, such as {@code $.changes[3].kind}. */
public final class EvidenceException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_PLACE = 200;
    private static final int LONGEST_PROBLEM = 800;

    EvidenceException(String path, String problem) {
        super(message(path, problem));
    }

    EvidenceException(String path, String problem, Throwable cause) {
        super(message(path, problem), cause);
    }

    /** Both may quote what a stranger wrote: it is cut short, and moves no terminal's cursor. */
    private static String message(String path, String problem) {
        return shown(path, LONGEST_PLACE) + ": " + shown(problem, LONGEST_PROBLEM);
    }

    private static String shown(String text, int most) {
        String cut = text.length() <= most ? text : text.substring(0, most) + " ...";
        return cut.replaceAll("[\\p{Cntrl}&&[^\n]]", "?");
    }
}
