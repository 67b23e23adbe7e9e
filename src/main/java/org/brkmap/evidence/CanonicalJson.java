package org.brkmap.evidence;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON in the one form that is signed: that of RFC 8785 (members in the order of their names' UTF-16 units, no blanks, the fewest
 * escapes, UTF-8), for whole numbers only. Half of a surrogate pair, which that form has no bytes for, stays an escape.
 * Thread-safe.
 */
public final class CanonicalJson {
    private static final String SHORT = "\b\t\n\f\r\"\\";
    private static final String LETTERS = "btnfr\"\\";

    private CanonicalJson() {}

    /**
     * The bytes of a value.
     *
     * @param value maps with strings as keys, collections, strings, whole numbers, booleans and nulls; anything else by its text
     * @throws IllegalArgumentException if a number is not whole
     */
    public static byte[] write(@Nullable Object value) {
        StringBuilder text = new StringBuilder();
        value(text, value);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void value(StringBuilder out, @Nullable Object value) {
        if (value == null || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof Map<?, ?> members) {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            members.forEach((name, member) -> sorted.put(String.valueOf(name), member));
            out.append('{');
            sorted.forEach((name, member) -> {
                out.append(out.charAt(out.length() - 1) == '{' ? "" : ",");
                text(out, name);
                out.append(':');
                value(out, member);
            });
            out.append('}');
        } else if (value instanceof Collection<?> items) {
            out.append('[');
            for (Iterator<?> all = items.iterator(); all.hasNext(); ) {
                value(out, all.next());
                out.append(all.hasNext() ? "," : "");
            }
            out.append(']');
        } else if (value instanceof Integer || value instanceof Long) {
            out.append(value);
        } else if (value instanceof Number) {
            throw new IllegalArgumentException("only whole numbers have one form here, and this is " + value);
        } else {
            text(out, value.toString());
        }
    }

    private static void text(StringBuilder out, String text) {
        out.append('"');
        text.codePoints().forEach(point -> {
            int plain = SHORT.indexOf(point);
            if (plain >= 0) {
                out.append('\\').append(LETTERS.charAt(plain));
            } else if (point < ' ' || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
                String digits = Integer.toHexString(point);
                out.append("\\u").append("0".repeat(4 - digits.length())).append(digits);
            } else {
                out.appendCodePoint(point);
            }
        });
        out.append('"');
    }
}
