package org.brkmap.grade;

import java.util.List;

/**
 * One thing to look at. Immutable.
 *
 * @param reason a sentence; may quote a submission, so it is hostile
 * @param with ids of other students it is about; empty if there are none
 */
public record Flag(FlagKind kind, String reason, List<String> with) {
    public Flag {
        with = List.copyOf(with);
    }

    /** A flag about this submission alone. */
    public static Flag of(FlagKind kind, String reason) {
        return new Flag(kind, reason, List.of());
    }
}
