package org.brkmap.cli;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.brkmap.model.Limits;

/** Reads {@code --limit}: {@code time=10s}, {@code output=1M}, {@code memory=512M}, {@code processes=32}. */
final class LimitOption {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,10})([KMG]?)");
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|)");
    private static final int MOST_PROCESSES = 1 << 20;

    private LimitOption() {}

    /**
     * The default limits with these in place.
     *
     * @throws IllegalArgumentException if one is not understood; the message says what would be
     */
    static Limits of(List<String> settings) {
        Limits limits = Limits.DEFAULT;
        for (String setting : settings) {
            int sign = setting.indexOf('=');
            if (sign < 0) {
                throw new IllegalArgumentException(
                        "--limit " + setting + ": say which and how much, as in --limit time=10s,memory=512M.");
            }
            limits = with(limits, setting.substring(0, sign), setting.substring(sign + 1));
        }
        return limits;
    }

    private static Limits with(Limits old, String name, String value) {
        return switch (name) {
            case "time" -> new Limits(time(value), old.outputBytes(), old.memoryBytes(), old.processes());
            case "output" -> new Limits(old.wallTime(), size(name, value), old.memoryBytes(), old.processes());
            case "memory" -> new Limits(old.wallTime(), old.outputBytes(), size(name, value), old.processes());
            case "processes" ->
                new Limits(old.wallTime(), old.outputBytes(), old.memoryBytes(), (int) count(name, value));
            default ->
                throw new IllegalArgumentException("--limit " + name + "=" + value + ": there is no limit '" + name
                        + "'. There are time, output, memory and processes.");
        };
    }

    private static Duration time(String value) {
        Matcher matcher = TIME.matcher(value);
        long number = matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
        if (number == 0) {
            throw new IllegalArgumentException(
                    "--limit time=" + value + ": a time above 0 is wanted, such as 500ms, 10s or 2m.");
        }
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofSeconds(number);
        };
    }

    private static long size(String name, String value) {
        Matcher matcher = SIZE.matcher(value.toUpperCase(Locale.ROOT));
        long number = matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
        if (number == 0) {
            throw new IllegalArgumentException("--limit " + name + "=" + value
                    + ": a size above 0 is wanted, in bytes or such as 64K, 512M or 2G.");
        }
        int shift = switch (matcher.group(2)) {
            case "K" -> 10;
            case "M" -> 20;
            case "G" -> 30;
            default -> 0;
        };
        return number << shift;
    }

    private static long count(String name, String value) {
        if (!value.matches("[1-9]\\d{0,6}") || Long.parseLong(value) > MOST_PROCESSES) {
            throw new IllegalArgumentException(
                    "--limit " + name + "=" + value + ": a number from 1 to " + MOST_PROCESSES + " is wanted.");
        }
        return Long.parseLong(value);
    }
}
