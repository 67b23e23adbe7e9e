package org.brkmap.toolchain;

import org.jspecify.annotations.Nullable;

/**
 * A frame of a call stack as valgrind tells it. Immutable.
 *
 * @param function its name, or null where there is no symbol
 * @param file source file without its folder, or null without debug information
 * @param line line number from 1, or null
 */
public record ValgrindFrame(
        @Nullable String function,
        @Nullable String file,
        @Nullable Integer line) {

    /** {@code orders.c:47}, or the function, or that neither is known. */
    public String describe() {
        if (file != null) {
            return line == null ? file : file + ":" + line;
        }
        return function != null ? function + "()" : "an unknown place";
    }
}
