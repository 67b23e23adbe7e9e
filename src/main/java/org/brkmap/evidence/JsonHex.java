package org.brkmap.evidence;

/**
 * A string of JSON that is an address: {@code 0x7f00}. A document has very many, and they need not be written out to be read.
 * Immutable.
 */
record JsonHex(long value) {

    /** The value of small hexadecimal digits from there on; {@link JsonNode#isHex} says whether they are. */
    static long parse(String digits, int from) {
        long value = 0;
        for (int i = from; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            value = value << 4 | (digit <= '9' ? digit - '0' : digit - 'a' + 10);
        }
        return value;
    }

    @Override
    public String toString() {
        return "0x" + Long.toHexString(value);
    }
}
