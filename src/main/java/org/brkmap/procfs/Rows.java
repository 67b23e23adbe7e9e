package org.brkmap.procfs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.brkmap.procfs.ProcException.Kind;

/**
 * The rows of a text of the kernel's, one after the other, and the fields within the current row. Reads through one buffer that
 * it keeps, and makes no object for a row. For one thread.
 */
final class Rows {
    /** No row is longer: a path has at most 4095 bytes, and escaping makes four of one. */
    private static final int LONGEST = 1 << 16;

    private final InputStream in;
    private final String source;
    private byte[] bytes = new byte[8192];
    private int filled;
    private int nextRow;
    private int rowStart;
    private int at;
    private int end;
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
        int searched = nextRow;
        while (true) {
            for (int i = searched; i < filled; i++) {
                if (bytes[i] == '\n') {
                    rowStart = nextRow;
                    at = nextRow;
                    end = i;
                    nextRow = i + 1;
                    return true;
                }
            }
            makeRoom();
            searched = filled;
            int count = in.read(bytes, filled, bytes.length - filled);
            if (count < 0) {
                rowStart = 0;
                at = filled;
                end = filled;
                if (filled > 0) {
                    throw malformed("the end of the row");
                }
                return false;
            }
            filled += count;
        }
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
            makeRoom();
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
        nextRow = filled;
    }

    private void makeRoom() throws ProcException {
        System.arraycopy(bytes, nextRow, bytes, 0, filled - nextRow);
        filled -= nextRow;
        nextRow = 0;
        if (filled == bytes.length) {
            rowStart = 0;
            end = filled;
            if (filled >= LONGEST) {
                throw malformed("a row of less than " + LONGEST + " bytes");
            }
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
    }

    boolean atEnd() {
        return at == end;
    }

    /** The byte at the cursor, or -1 at the row's end. */
    int peek() {
        return at < end ? bytes[at] & 0xff : -1;
    }

    /** The byte at the cursor, which moves past it. */
    int take() throws ProcException {
        if (at == end) {
            throw malformed("more of the row");
        }
        return bytes[at++] & 0xff;
    }

    void expect(char wanted) throws ProcException {
        if (peek() != wanted) {
            throw malformed("'" + wanted + "'");
        }
        at++;
    }

    void skipBlanks() {
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
    }

    /** Moves past the text if the rest of the row begins with it. */
    boolean skip(String ascii) {
        int length = ascii.length();
        if (end - at < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[at + i] != ascii.charAt(i)) {
                return false;
            }
        }
        at += length;
        return true;
    }

    /** One to sixteen hexadecimal digits of lower case. */
    long hex() throws ProcException {
        int first = at;
        long value = 0;
        while (at < end && at - first < 16) {
            int digit = hexDigit(bytes[at]);
            if (digit < 0) {
                break;
            }
            value = value << 4 | digit;
            at++;
        }
        if (at == first || (at < end && hexDigit(bytes[at]) >= 0)) {
            throw malformed("a hexadecimal number of at most 16 digits");
        }
        return value;
    }

    private static int hexDigit(byte b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        }
        return b >= 'a' && b <= 'f' ? b - 'a' + 10 : -1;
    }

    /** An unsigned decimal number below 2^64. */
    long decimal() throws ProcException {
        int first = at;
        long value = 0;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            int digit = bytes[at] - '0';
            long tenfold = value * 10;
            if (Long.compareUnsigned(value, 0x1999_9999_9999_9999L) > 0
                    || Long.compareUnsigned(tenfold + digit, tenfold) < 0) {
                throw malformed("a number below 2^64");
            }
            value = tenfold + digit;
            at++;
        }
        if (at == first) {
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
        for (int i = end - 1; i >= at; i--) {
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
        return new String(bytes, at, end - at, UTF_8);
    }

    /** The rest of the row, from a table where it stands already. */
    String rest(Names names) {
        return names.name(bytes, at, end);
    }

    ProcException malformed(String expected) {
        return new ProcException(
                Kind.MALFORMED,
                "row " + number + " of " + source + " is cut or malformed: expected " + expected + " at column "
                        + (at - rowStart + 1) + " of \"" + shown()
                        + "\". If the kernel itself wrote this, report it with the row and `uname -r`.");
    }

    private String shown() {
        int limit = Math.min(end, rowStart + 160);
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
