package org.brkmap.report;

import org.jspecify.annotations.Nullable;

/** Sizes in words, the same in every locale: {@code 132 KiB}, {@code +2.5 MiB}, {@code n/a} for unknown. */
public final class Sizes {
    static final String UNKNOWN = "n/a";
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Sizes() {}

    /** In the largest unit that leaves at least 1, cut to two decimals: {@code 1.5 MiB}. */
    public static String compact(@Nullable Long bytes) {
        if (bytes == null) {
            return UNKNOWN;
        }
        long whole = Math.abs(bytes);
        int unit = 0;
        long rest = 0;
        while (whole >= 1024 && unit < UNITS.length - 1) {
            rest = (whole & 1023) * 100 / 1024;
            whole >>= 10;
            unit++;
        }
        return (bytes < 0 ? "−" : "") + whole + decimals(whole >= 100 ? rest - rest % 10 : rest) + " " + UNITS[unit];
    }

    private static String decimals(long hundredths) {
        if (hundredths == 0) {
            return "";
        }
        String digits = hundredths < 10 ? "0" + hundredths : Long.toString(hundredths);
        return "." + (digits.endsWith("0") ? digits.substring(0, 1) : digits);
    }

    /** To the byte, in groups of three: {@code 135,168 bytes}. */
    public static String exact(@Nullable Long bytes) {
        if (bytes == null) {
            return UNKNOWN;
        }
        return grouped(bytes) + (Math.abs(bytes) == 1 ? " byte" : " bytes");
    }

    /** As the argument of a call: in short only where that loses nothing, for a byte can decide. */
    static String argument(long bytes) {
        String text = compact(bytes);
        return bytes != 0 && bytes % 1024 == 0 && !text.contains(".") ? text : Long.toString(bytes);
    }

    /** A number in groups of three. */
    static String grouped(long number) {
        StringBuilder text = new StringBuilder(Long.toString(Math.abs(number)));
        for (int at = text.length() - 3; at > 0; at -= 3) {
            text.insert(at, ',');
        }
        return (number < 0 ? "−" : "") + text;
    }

    /** A difference with its sign: {@code +32 KiB}, {@code −4 KiB}, {@code ±0}. */
    public static String delta(@Nullable Long bytes) {
        if (bytes == null) {
            return UNKNOWN;
        }
        return bytes == 0 ? "±0" : (bytes > 0 ? "+" : "") + compact(bytes);
    }

    static @Nullable Long difference(@Nullable Long before, @Nullable Long after) {
        return before == null || after == null ? null : (Long) (after - before);
    }
}
