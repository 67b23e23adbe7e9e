package org.brkmap.evidence;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Folds what a text repeats over a distance that deflate (RFC 1951) does not see: lines alternate between text as it is, and
 * {@code from,length} of what stood before, in characters of the text unfolded so far. For one line of ASCII.
 */
final class Folding {
    /** So many always make an int. */
    private static final int MOST_DIGITS = 9;

    /** What is nearer is left to deflate, which looks back 32 KiB of what is left to it. */
    private static final int NEAR = 2048;

    /** What is compared to find a repetition, and how far apart the places are that are remembered. */
    private static final int WINDOW = 64;

    private static final int STRIDE = 16;
    /** Shorter repetitions are better off with deflate: what stands around them is alike, too, and fewer numbers are needed. */
    private static final int SHORTEST = 192;

    private static final int FACTOR = 0x01000193;
    private static final int BITS = 20;

    private final byte[] text;
    private final int[] places = new int[1 << BITS];
    /** The factor's power by which the letter that leaves the window is weighted. */
    private final int leaving;

    private int remembered;

    private Folding(byte[] text) {
        this.text = text;
        Arrays.fill(places, -1);
        int power = 1;
        for (int i = 1; i < WINDOW; i++) {
            power *= FACTOR;
        }
        this.leaving = power;
    }

    /** The text folded; {@link #unfold} gives it back. */
    static String fold(String line) {
        return new Folding(line.getBytes(StandardCharsets.US_ASCII)).folded(line);
    }

    private String folded(String line) {
        StringBuilder out = new StringBuilder(line.length() / 2);
        int written = 0;
        int at = 0;
        int hash = at + WINDOW <= text.length ? hash(at) : 0;
        while (at + WINDOW < text.length) {
            remember(at - NEAR);
            int place = places[slot(hash)];
            int back = place < 0 ? 0 : sameBefore(place, at, written);
            int length = place < 0 ? 0 : back + sameFrom(place, at, at - back - place);
            if (length >= SHORTEST) {
                out.append(line, written, at - back).append('\n');
                out.append(place - back).append(',').append(length).append('\n');
                at += length - back;
                written = at;
                hash = at + WINDOW <= text.length ? hash(at) : 0;
            } else {
                hash = (hash - text[at] * leaving) * FACTOR + text[at + WINDOW];
                at++;
            }
        }
        return out.append(line, written, text.length).toString();
    }

    private void remember(int before) {
        for (; remembered < before; remembered += STRIDE) {
            places[slot(hash(remembered))] = remembered;
        }
    }

    private int hash(int from) {
        int hash = 0;
        for (int i = 0; i < WINDOW; i++) {
            hash = hash * FACTOR + text[from + i];
        }
        return hash;
    }

    private static int slot(int hash) {
        return (hash * 0x9E3779B1) >>> (32 - BITS);
    }

    private int sameBefore(int place, int at, int written) {
        int length = 0;
        while (length < Math.min(at - written, Math.min(place, at - place))
                && text[place - length - 1] == text[at - length - 1]) {
            length++;
        }
        return length;
    }

    private int sameFrom(int place, int at, int unfolded) {
        int most = Math.min(unfolded, text.length - at);
        int differs = Arrays.mismatch(text, place, place + most, text, at, at + most);
        return differs < 0 ? most : differs;
    }

    /**
     * The text that was folded.
     *
     * @throws EvidenceException if a line is not what it must be, or the text becomes too long
     */
    static String unfold(String folded) throws EvidenceException {
        char[] text = new char[Math.max(16, folded.length() * 2)];
        int end = 0;
        boolean copy = false;
        for (String line : folded.split("\n", -1)) {
            int comma = line.indexOf(',');
            int from = copy && comma > 0 ? number(line.substring(0, comma)) : 0;
            int length = copy ? number(line.substring(comma + 1)) : line.length();
            if ((copy && (comma < 1 || from > end - length)) || length > EvidenceJson.MAX_CHARACTERS - end) {
                throw wrong(line);
            }
            if (length > text.length - end) {
                text = Arrays.copyOf(text, Math.max(end + length, 2 * end));
            }
            if (copy) {
                System.arraycopy(text, from, text, end, length);
            } else {
                line.getChars(0, length, text, end);
            }
            end += length;
            copy = !copy;
        }
        return new String(text, 0, end);
    }

    private static int number(String digits) throws EvidenceException {
        if (digits.isEmpty() || digits.length() > MOST_DIGITS || !digits.chars().allMatch(Folding::isDigit)) {
            throw wrong(digits);
        }
        return Integer.parseInt(digits);
    }

    private static boolean isDigit(int letter) {
        return letter >= '0' && letter <= '9';
    }

    private static EvidenceException wrong(String line) {
        return new EvidenceException(
                "folded evidence",
                "\"" + line.substring(0, Math.min(40, line.length())) + "\" cannot be unfolded; it was cut or edited");
    }
}
