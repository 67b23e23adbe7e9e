package org.brkmap.toolchain;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One message of the compiler or linker. Immutable.
 *
 * @param file the file as the compiler named it, or null where it named none
 * @param line from 1, or null
 * @param column from 1, in bytes, or null
 * @param severity {@code error}, {@code warning}, {@code note}…
 * @param message what it said, on one line
 * @param source the line of source it showed, or null
 */
public record Diagnostic(
        @Nullable String file,
        @Nullable Integer line,
        @Nullable Integer column,
        Severity severity,
        String message,
        @Nullable String source) {

    /** How bad it is. */
    public enum Severity {
        ERROR,
        WARNING,
        NOTE
    }

    /** {@code alloc_size.c:31:5: error: …}, without the folder, and the line of source below it where known. */
    public String describe() {
        StringBuilder text = new StringBuilder();
        if (file != null) {
            text.append(file.substring(file.lastIndexOf('/') + 1)).append(':');
            if (line != null) {
                text.append(line).append(':');
            }
            if (column != null) {
                text.append(column).append(':');
            }
            text.append(' ');
        }
        text.append(severity.name().toLowerCase(Locale.ROOT)).append(": ").append(message);
        if (source != null) {
            text.append("\n    ").append(source.strip());
        }
        return text.toString();
    }
}
