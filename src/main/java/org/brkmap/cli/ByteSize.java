package org.brkmap.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code 4096}, {@code 64k}, {@code 16m}, {@code 1g}: powers of 1024. */
final class ByteSize {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,10})([kmg]?)");
    private static final long MOST = 4L << 30;

    private ByteSize() {}

    /**
     * A number of bytes.
     *
     * @throws IllegalArgumentException if it is none, or above 4 GiB; the message says what would be understood
     */
    static long parse(String text) {
        Matcher matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a size is a number, with k, m or g behind it: 4k, 16m.");
        }
        int shift = "kmg".indexOf(matcher.group(2)) * 10 + 10;
        long bytes = Long.parseLong(matcher.group(1)) << (matcher.group(2).isEmpty() ? 0 : shift);
        if (bytes > MOST) {
            throw new IllegalArgumentException("the largest size is 4g.");
        }
        return bytes;
    }
}
