package org.brkmap.lab;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A question with one right answer, which is measured only after the student has answered. Immutable.
 *
 * @param text the question
 * @param choices the words to choose from; empty if the answer is a whole number
 * @param open whether other words than the choices may be right, and the choices are not told
 * @param other what a wrong word is called: "another row"
 * @param truth measures the right answer: a word, or a number in decimal
 */
public record Question(String text, List<String> choices, boolean open, String other, Supplier<String> truth) {
    private static final Pattern NUMBER =
            Pattern.compile("(-?[0-9][0-9_']*)\\s*(|b|bytes?|k|kib|kb|m|mib|mb|pages?)", Pattern.CASE_INSENSITIVE);

    public Question {
        choices = List.copyOf(choices);
    }

    /** A question after a whole number. */
    public static Question number(Supplier<Long> truth, String format, Object... values) {
        return new Question(
                String.format(Locale.ROOT, format, values), List.of(), false, "", () -> Long.toString(truth.get()));
    }

    /** A question after one of a few words; a wrong one is "another kind". */
    public static Question choice(Supplier<String> truth, List<String> choices, String format, Object... values) {
        return new Question(
                String.format(Locale.ROOT, format, values) + " (" + String.join(" | ", choices) + ")",
                choices,
                false,
                "another kind",
                truth);
    }

    /** A question after a row of a map, by its key; see {@link RowKeys}. */
    public static Question row(Supplier<String> truth, List<String> keys, String format, Object... values) {
        return new Question(String.format(Locale.ROOT, format, values), keys, true, "another row", truth);
    }

    /** The same question, its answer known. */
    Question measured(String right) {
        return new Question(text, choices, open, other, () -> right);
    }

    /** What is wrong with the form of an answer, or null. */
    @Nullable String malformed(String answer) {
        if (choices.isEmpty()) {
            return number(answer) == null ? "\"" + answer + "\" is not a whole number, such as 12 or 64 KiB" : null;
        }
        if (choices.stream().anyMatch(choice -> choice.equalsIgnoreCase(answer))) {
            return null;
        }
        String nearest = Nearest.to(answer.toLowerCase(Locale.ROOT), choices);
        return "\"" + answer + "\" is none of " + (open ? "the rows' keys" : String.join(", ", choices))
                + (nearest == null ? "" : "; did you mean " + nearest + "?");
    }

    /** Null if the answer is right, or else in which way it is wrong. */
    @Nullable String wrong(String answer) {
        String right = truth.get();
        if (choices.isEmpty()) {
            Long said = number(answer);
            int compared = Long.compare(said == null ? Long.MIN_VALUE : said, Long.parseLong(right));
            return compared == 0 ? null : compared < 0 ? "too low" : "too high";
        }
        return right.equalsIgnoreCase(answer) ? null : other;
    }

    private static @Nullable Long number(String answer) {
        Matcher matcher = NUMBER.matcher(answer.strip());
        if (!matcher.matches()) {
            return null;
        }
        try {
            long number = Long.parseLong(matcher.group(1).replaceAll("[_']", ""));
            String unit = matcher.group(2).toLowerCase(Locale.ROOT);
            return unit.startsWith("k")
                    ? Math.multiplyExact(number, 1024L)
                    : unit.startsWith("m") ? Math.multiplyExact(number, 1024L * 1024) : number;
        } catch (ArithmeticException | NumberFormatException tooLarge) {
            return null;
        }
    }
}
