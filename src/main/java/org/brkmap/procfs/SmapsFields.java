package org.brkmap.procfs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.brkmap.model.AddressRange;

/**
 * The rows of one entry of smaps below its header: {@code Rss: 12 kB}. A kernel gives every entry the same fields in the same
 * order and columns (fs/proc/task_mmu.c), so what a row is called is compared with the row of that place in the entries before,
 * eight bytes at once. A row that is otherwise is read by its words, wherever it stands. For one listing, in one thread.
 */
final class SmapsFields {
    static final long UNKNOWN = -1;

    /** Those that are kept, in the order of {@link org.brkmap.model.Usage}; the size comes last. */
    private static final String[] NAMES = {
        "Rss:",
        "Pss:",
        "Shared_Clean:",
        "Shared_Dirty:",
        "Private_Clean:",
        "Private_Dirty:",
        "Referenced:",
        "Anonymous:",
        "LazyFree:",
        "AnonHugePages:",
        "Swap:",
        "Locked:",
        "Size:"
    };

    private static final int SIZE = NAMES.length - 1;

    /** Where values go that nobody asked for. */
    private static final int OTHER = NAMES.length;

    /** For a row that ends before its number's columns. */
    private static final int SHORT = -1;

    /** The columns of a row: a name, a number at its end, the unit and the newline. */
    private static final int NUMBER = 16;

    private static final int UNIT = 24;
    private static final int LENGTH = 28;
    private static final int KILOBYTES = ' ' | 'k' << 8 | 'B' << 16 | '\n' << 24;
    private static final long ZERO = word("       0", 0);

    /** A bit for each letter that a name begins with. */
    private static final long INITIALS;

    static {
        long initials = 0;
        for (String name : NAMES) {
            initials |= 1L << name.charAt(0);
        }
        INITIALS = initials;
    }

    /** More rows than any kernel writes; those past it share places. */
    private static final int PLACES = 64;

    private final Rows rows;
    private final long[] kilobytes = new long[NAMES.length + 1];

    /** What the row of each place was called last, in two words, and where its value goes. */
    private final long[] firstWord = new long[PLACES];

    private final long[] secondWord = new long[PLACES];
    private final int[] kept = new int[PLACES];

    private AddressRange range = new AddressRange(0, 0);
    private int place;

    SmapsFields(Rows rows) {
        this.rows = rows;
        Arrays.fill(kept, SHORT);
    }

    /** Begins the entry of a mapping: nothing of it is known yet. */
    void begin(AddressRange of) {
        range = of;
        place = 0;
        Arrays.fill(kilobytes, UNKNOWN);
    }

    /** What the entry said so far of a field of {@link org.brkmap.model.Usage}, by its number; UNKNOWN if it did not. */
    long kilobytes(int field) {
        return kilobytes[field];
    }

    /** Reads the current row, and those behind it that are called as in the entry before; the last of them is then current. */
    void rows() throws ProcException {
        int at = place++ & PLACES - 1;
        if (!inColumns(0)) {
            byWords();
            return;
        }
        if (!isKnown(at, 0)) {
            firstWord[at] = rows.word(0);
            secondWord[at] = rows.word(Long.BYTES);
            kept[at] = fieldOf(firstWord[at], secondWord[at]);
        }
        while (kept[at] != SHORT) {
            long value = rows.word(NUMBER) == ZERO ? 0 : rows.padded(NUMBER);
            if (value < 0) {
                break;
            }
            keep(kept[at], value);
            at = place & PLACES - 1;
            if (!inColumns(LENGTH) || !isKnown(at, LENGTH)) {
                rows.pass(LENGTH - 1);
                return;
            }
            rows.nextAt(LENGTH);
            place++;
        }
        byWords();
    }

    /** Whether the row that begins so far behind the cursor has its unit and its end where the kernel puts them. */
    private boolean inColumns(int offset) {
        return rows.holds(offset + LENGTH) && rows.halfWord(offset + UNIT) == KILOBYTES;
    }

    private boolean isKnown(int at, int offset) {
        return rows.word(offset) == firstWord[at] && rows.word(offset + Long.BYTES) == secondWord[at];
    }

    private static int fieldOf(long first, long second) {
        for (int field = 0; field < NAMES.length; field++) {
            if (first == word(NAMES[field], 0) && second == word(NAMES[field], Long.BYTES)) {
                return field;
            }
        }
        return hasNewline(first) || hasNewline(second) ? SHORT : OTHER;
    }

    private static boolean hasNewline(long word) {
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            if ((byte) (word >>> shift) == '\n') {
                return true;
            }
        }
        return false;
    }

    /** Eight bytes of the text as {@link Rows#word} has them, padded with blanks. */
    private static long word(String text, int from) {
        byte[] bytes = new byte[NUMBER];
        Arrays.fill(bytes, (byte) ' ');
        byte[] name = text.getBytes(US_ASCII);
        System.arraycopy(name, 0, bytes, 0, name.length);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(from);
    }

    private void byWords() throws ProcException {
        if ((INITIALS >>> rows.peek() & 1) == 0) {
            return;
        }
        for (int field = 0; field < NAMES.length; field++) {
            if (rows.skip(NAMES[field])) {
                rows.skipBlanks();
                long value = rows.decimal();
                if (!rows.skip(" kB") || !rows.atEnd()) {
                    throw rows.malformed("' kB' and the end of the row");
                }
                keep(field, value);
                return;
            }
        }
    }

    private void keep(int field, long value) throws ProcException {
        if (field == SIZE && value * 1024 != range.length()) {
            throw rows.malformed("the size of " + range + ", " + range.length() / 1024 + " kB");
        }
        kilobytes[field] = value;
    }
}
