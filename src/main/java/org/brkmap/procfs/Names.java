package org.brkmap.procfs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Names that were seen already, so that a name which repeats from row to row is one string. For one thread. */
final class Names {
    private static final int SLOTS = 256;

    private final byte[][] keys = new byte[SLOTS][];
    private final String[] values = new String[SLOTS];

    Names() {
        Arrays.fill(keys, new byte[0]);
    }

    /** The bytes as text. A later name may take an earlier one's slot; then it is made anew. */
    String name(byte[] bytes, int from, int to) {
        if (from == to) {
            return "";
        }
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        int slot = (hash ^ hash >>> 16) & SLOTS - 1;
        byte[] key = keys[slot];
        if (!Arrays.equals(key, 0, key.length, bytes, from, to)) {
            keys[slot] = Arrays.copyOfRange(bytes, from, to);
            values[slot] = new String(bytes, from, to - from, UTF_8);
        }
        return values[slot];
    }
}
