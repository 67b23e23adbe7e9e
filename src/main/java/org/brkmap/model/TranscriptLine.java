package org.brkmap.model;

/**
 * A piece of the dialogue on the target's terminal. Immutable.
 *
 * @param at how many memory events had ended when it was seen
 * @param direction {@code OUT} for what the program printed, {@code IN} for what was typed
 */
public record TranscriptLine(long at, Direction direction, String text) {
    /** Who spoke. */
    public enum Direction {
        OUT,
        IN
    }
}
