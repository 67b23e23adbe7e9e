package org.brkmap.report;

/** Makes text from an observed program harmless to read: control characters are shown, not obeyed, and its length is bounded. */
final class Visible {
    private Visible() {}

    /** One line: newlines and tabs are shown too. */
    static String line(String text, int most) {
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
            } else if (point < 0x20) {
                out.appendCodePoint(0x2400 + point);
            } else if (point == 0x7f) {
                out.append('\u2421');
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
        String digits = Integer.toHexString(point).toUpperCase(java.util.Locale.ROOT);
        return "0".repeat(Math.max(0, 4 - digits.length())) + digits;
    }
}
