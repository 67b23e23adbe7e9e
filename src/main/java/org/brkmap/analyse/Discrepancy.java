package org.brkmap.analyse;

import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;
import org.jspecify.annotations.Nullable;

/**
 * A range in which a snapshot is not what the calls before it should have made of the snapshot before. Immutable.
 *
 * @param snapshot id of the later snapshot
 * @param replayed what the calls make of it, or null if nothing should be mapped
 * @param read what the kernel shows, or null if nothing is
 */
public record Discrepancy(
        int snapshot,
        AddressRange range,
        @Nullable Mapping replayed,
        @Nullable Mapping read) {

    /** In words: {@code snapshot 3, 7f…-7f…: replayed rw-p, read nothing}. */
    public String describe() {
        return "snapshot " + snapshot + ", " + range + ": replayed " + say(replayed) + ", read " + say(read);
    }

    private static String say(@Nullable Mapping mapping) {
        return mapping == null
                ? "nothing"
                : (mapping.permissions() + " " + mapping.backing().name()).strip();
    }
}
