package org.brkmap.report;

import java.util.List;
import java.util.Locale;

/** Makes text from an observed program harmless to read: control characters are shown, not obeyed, and its length is bounded. */
public final class Visible {
    /** The control characters of ASCII by the names of ascii(7). */
    private static final List<String> NAMES = List.of(
            "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "HT", "LF", "VT", "FF", "CR", "SO", "SI",
            "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC", "FS", "GS", "RS", "US");

    private Visible() {}

    /** One line of at most so many characters: newlines and tabs are shown too. */
    public static String line(String text, int most) {
        return shown(text, most, false);
    }

    /** Many lines: newlines and tabs keep their meaning. */
    static String block(String text, int most) {
        return shown(text, most, true);
    }

    private static String shown(String text, int most, boolean keepLines) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), most) + 16);
        int at = 0;
        int count = 0;
        while (at < text.length() && count < most) {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            count++;
            if (keepLines && (point == '\n' || point == '\t')) {
                out.appendCodePoint(point);
            } else if (point < NAMES.size()) {
                out.append('⟨').append(NAMES.get(point)).append('⟩');
            } else if (isObeyed(point)) {
                out.append("⟨U+").append(hex4(point)).append('⟩');
            } else {
                out.appendCodePoint(point);
            }
        }
        if (at < text.length()) {
            out.append("… (")
                    .append(Sizes.grouped(text.codePointCount(0, text.length())))
                    .append(" characters)");
        }
        return out.toString();
    }

    /** Bidirectional controls, zero-width characters, separators, C1 controls, and halves of pairs. */
    private static boolean isObeyed(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.UNASSIGNED
                || type == Character.PRIVATE_USE;
    }

    private static String hex4(int point) {
        String digits = Integer.toHexString(point).toUpperCase(Locale.ROOT);
        return "0".repeat(Math.max(0, 4 - digits.length())) + digits;
    }
}
