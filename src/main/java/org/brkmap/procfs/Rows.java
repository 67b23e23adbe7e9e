package org.brkmap.procfs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.brkmap.procfs.ProcException.Kind;

/**
 * The rows of a text of the kernel's, one after the other, and the fields within the current row. Reads through one buffer that
 * it keeps, and makes no object for a row. For one thread.
 */
final class Rows {
    /** No row is longer: a path has at most 4095 bytes, and escaping makes four of one. */
    private static final int LONGEST = 1 << 16;

    /** The value of each byte as a digit of lower case, or -1. */
    private static final byte[] HEX_DIGITS = new byte[256];

    static {
        Arrays.fill(HEX_DIGITS, (byte) -1);
        for (int digit = 0; digit < 16; digit++) {
            HEX_DIGITS[Character.forDigit(digit, 16)] = (byte) digit;
        }
    }

    private static final int UNKNOWN = -2;

    private final InputStream in;
    private final String source;
    private byte[] bytes = new byte[8192];

    /** The same bytes, for looking at eight of them at once. */
    private ByteBuffer words = words(bytes);

    private int filled;

    /** Up to here the text consists of whole rows. */
    private int complete;

    private int rowStart;
    private int at;

    /** Where the current row's newline is, or UNKNOWN: most fields end before it, and nobody has to look for it. */
    private int end = -1;

    private long number;

    Rows(InputStream in, String source) {
        this.in = in;
        this.source = source;
    }

    /**
     * Goes to the next row; false at the end of the text.
     *
     * @throws ProcException if the text ends within a row
     */
    boolean next() throws IOException {
        number++;
        int next = end() + 1;
        while (next == complete) {
            next = makeRoom(next);
            int count = in.read(bytes, filled, bytes.length - filled);
            if (count < 0) {
                return noMore();
            }
            filled += count;
            complete = lastNewline(filled - count) + 1;
        }
        rowStart = next;
        at = next;
        end = UNKNOWN;
        return true;
    }

    private boolean noMore() throws ProcException {
        rowStart = 0;
        at = filled;
        end = filled;
        if (filled > 0) {
            throw malformed("the end of the row");
        }
        end = -1;
        bytes[at] = '\n'; // there is nothing to be found any more
        return false;
    }

    private int lastNewline(int from) {
        int i = filled - 1;
        while (i >= from && bytes[i] != '\n') {
            i--;
        }
        return i < from ? -1 : i;
    }

    private int end() {
        if (end == UNKNOWN) {
            int i = at;
            while (bytes[i] != '\n') {
                i++;
            }
            end = i;
        }
        return end;
    }

    /**
     * Takes the whole text, less its last newline, for one row: for a text that may hold newlines.
     *
     * @throws ProcException if the text is cut
     */
    void all() throws IOException {
        number++;
        int count;
        do {
            makeRoom(0);
            count = in.read(bytes, filled, bytes.length - filled);
            filled += Math.max(count, 0);
        } while (count >= 0);
        rowStart = 0;
        at = 0;
        end = filled;
        if (filled == 0 || bytes[filled - 1] != '\n') {
            throw malformed("a newline at its end");
        }
        end = filled - 1;
        complete = filled;
    }

    /** Drops what lies before the index, and makes the buffer larger if it is full all the same; the index is then 0. */
    private int makeRoom(int from) throws ProcException {
        System.arraycopy(bytes, from, bytes, 0, filled - from);
        filled -= from;
        complete = 0;
        if (filled == bytes.length) {
            rowStart = 0;
            end = filled;
            if (filled >= LONGEST) {
                throw malformed("a row of less than " + LONGEST + " bytes");
            }
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
            words = words(bytes);
        }
        return 0;
    }

    private static ByteBuffer words(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    boolean atEnd() {
        return peek() < 0;
    }

    /** The byte at the cursor, or -1 at the row's end. */
    int peek() {
        byte next = bytes[at];
        boolean ended = end == UNKNOWN ? next == '\n' : at >= end;
        return ended ? -1 : next & 0xff;
    }

    /** The byte at the cursor, which moves past it. */
    int take() throws ProcException {
        int next = peek();
        if (next < 0) {
            throw malformed("more of the row");
        }
        at++;
        return next;
    }

    void expect(char wanted) throws ProcException {
        if (peek() != wanted) {
            throw malformed("'" + wanted + "'");
        }
        at++;
    }

    void skipBlanks() {
        while (bytes[at] == ' ' || bytes[at] == '\t') {
            at++;
        }
    }

    /** Moves past the text if the rest of the row begins with it. */
    boolean skip(String ascii) {
        int length = ascii.length();
        for (int i = 0; i < length; i++) {
            if (bytes[at + i] != ascii.charAt(i)) {
                return false; // a newline at the latest, and the buffer has one
            }
        }
        at += length;
        return true;
    }

    /** Whether the text holds so many bytes from the cursor on, of this row and of those behind it. */
    boolean holds(int count) {
        return complete - at >= count;
    }

    /** The eight bytes from so far behind the cursor on, the first the lowest; the text {@link #holds} them. */
    long word(int offset) {
        return words.getLong(at + offset);
    }

    /** The four bytes from so far behind the cursor on, as {@link #word} has eight. */
    int halfWord(int offset) {
        return words.getInt(at + offset);
    }

    /** The number that ends eight bytes which begin with blanks, so far behind the cursor; -1 if they are anything else. */
    long padded(int offset) {
        byte[] text = bytes;
        int i = at + offset;
        int limit = i + Long.BYTES;
        while (i < limit && text[i] == ' ') {
            i++;
        }
        long value = i < limit ? 0 : -1;
        for (; i < limit; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** Goes to the next row, which begins so many bytes behind the cursor; the text {@link #holds} it. */
    void nextAt(int offset) {
        number++;
        at += offset;
        rowStart = at;
        end = UNKNOWN;
    }

    /** Moves the cursor past so many bytes of the row. */
    void pass(int count) {
        at += count;
    }

    /** Reads letters that stand for flags: of each, the one that sets its bit, lowest first, or the one that clears it. */
    int flags(byte[] set, byte[] clear) throws ProcException {
        int bits = 0;
        for (int i = 0; i < set.length; i++) {
            byte letter = bytes[at];
            if (letter == set[i]) {
                bits |= 1 << i;
            } else if (letter != clear[i]) {
                throw malformed("'" + (char) set[i] + "' or '" + (char) clear[i] + "'");
            }
            at++;
        }
        return bits;
    }

    /** One to sixteen hexadecimal digits of lower case. */
    long hex() throws ProcException {
        byte[] text = bytes;
        int i = at;
        int limit = at + 16;
        long value = 0;
        int digit;
        while (i < limit && (digit = HEX_DIGITS[text[i] & 0xff]) >= 0) {
            value = value << 4 | digit;
            i++;
        }
        boolean none = i == at;
        at = i;
        if (none || HEX_DIGITS[text[i] & 0xff] >= 0) {
            throw malformed("a hexadecimal number of at most 16 digits");
        }
        return value;
    }

    /** An unsigned decimal number below 2^64. */
    long decimal() throws ProcException {
        byte[] text = bytes;
        int i = at;
        long value = 0;
        while (text[i] >= '0' && text[i] <= '9') {
            int digit = text[i] - '0';
            long tenfold = value * 10;
            if (Long.compareUnsigned(value, 0x1999_9999_9999_9999L) > 0
                    || Long.compareUnsigned(tenfold + digit, tenfold) < 0) {
                throw malformed("a number below 2^64");
            }
            value = tenfold + digit;
            i++;
        }
        boolean none = i == at;
        at = i;
        if (none) {
            throw malformed("a decimal number");
        }
        return value;
    }

    /** A decimal number that may be negative. */
    long signed() throws ProcException {
        if (peek() == '-') {
            at++;
            return -decimal();
        }
        return decimal();
    }

    /** How many bytes of the row lie before the cursor. */
    int column() {
        return at - rowStart;
    }

    /** Sets the cursor to a column of the row. */
    void seek(int column) {
        at = rowStart + column;
    }

    /** Sets the cursor past the last such byte of the row. */
    void seekPastLast(char wanted) throws ProcException {
        for (int i = end() - 1; i >= at; i--) {
            if (bytes[i] == wanted) {
                at = i + 1;
                return;
            }
        }
        throw malformed("'" + wanted + "'");
    }

    /** The bytes from a column of the row up to the cursor, as text. */
    String since(int column) {
        return new String(bytes, rowStart + column, at - rowStart - column, UTF_8);
    }

    /** The bytes from the cursor to the row's end, as text; bytes that are not UTF-8 become U+FFFD. */
    String rest() {
        return new String(bytes, at, end() - at, UTF_8);
    }

    /** The rest of the row, from a table where it stands already. */
    String rest(Names names) {
        return names.name(bytes, at, end());
    }

    ProcException malformed(String expected) {
        return new ProcException(
                Kind.MALFORMED,
                "row " + number + " of " + source + " is cut or malformed: expected " + expected + " at column "
                        + (at - rowStart + 1) + " of \"" + shown()
                        + "\". If the kernel itself wrote this, report it with the row and `uname -r`.");
    }

    private String shown() {
        int limit = Math.min(end(), rowStart + 160);
        StringBuilder text = new StringBuilder();
        for (int i = rowStart; i < limit; i++) {
            int b = bytes[i] & 0xff;
            if (b < ' ' || b > '~') {
                text.append("\\x").append(Character.forDigit(b >> 4, 16)).append(Character.forDigit(b & 15, 16));
            } else {
                text.append((char) b);
            }
        }
        return limit < end ? text.append("...").toString() : text.toString();
    }
}
