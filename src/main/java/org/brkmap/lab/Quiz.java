package org.brkmap.lab;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A question with choices a, b, c ... and why each is right or wrong. Which is right stands there as a hash: obscure, not
 * secret. Immutable; adding a choice returns a copy.
 *
 * @param key the hash of the right letter, as {@link #key} makes it
 */
public record Quiz(String question, List<Choice> choices, String key) {
    private static final int KEY_BYTES = 6;

    /**
     * One choice.
     *
     * @param why shown once the question is answered
     */
    public record Choice(String letter, String text, String why) {}

    public Quiz {
        choices = List.copyOf(choices);
    }

    public static Quiz of(String question, String key) {
        return new Quiz(question, List.of(), key);
    }

    /** Adds a choice; its letter is the next one. */
    public Quiz choice(String text, String why) {
        List<Choice> more = new ArrayList<>(choices);
        more.add(new Choice(String.valueOf((char) ('a' + choices.size())), text, why));
        return new Quiz(question, more, key);
    }

    /** The hash that stands for a letter in one exercise of one lab. */
    public static String key(String lab, String exercise, String letter) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((lab + "/" + exercise + "/" + letter).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, KEY_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The letter that the key stands for. */
    String right(String lab, String exercise) {
        return choices.stream()
                .map(Choice::letter)
                .filter(letter -> key(lab, exercise, letter).equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "quiz " + exercise + ": its key is the hash of none of its choices; see Quiz.key"));
    }

    List<String> letters() {
        return choices.stream().map(Choice::letter).toList();
    }

    String describe() {
        StringBuilder text = new StringBuilder(question);
        choices.forEach(choice ->
                text.append("\n  ").append(choice.letter()).append(") ").append(choice.text()));
        return text.toString();
    }

    /** Each choice, whether it is right, and below it why. */
    String explain(String right) {
        return choices.stream()
                .map(choice -> choice.letter() + ") " + choice.text()
                        + (choice.letter().equals(right) ? "  (right)" : "  (wrong)")
                        + "\n     " + choice.why())
                .collect(Collectors.joining("\n"));
    }

    String why(String letter) {
        return choices.stream()
                .filter(choice -> choice.letter().equals(letter))
                .map(Choice::why)
                .findFirst()
                .orElse("");
    }
}
