package org.brkmap.evidence;

/** A number of JSON that no {@link Long} is: with a fraction or an exponent, or too large. Immutable. */
record JsonNumber(String digits) {

    /** The number that the digits are: a {@link Long} wherever that can be. */
    static Object of(String digits) {
        if (JsonNode.isInteger(digits, JsonNode.MOST_DIGITS)) {
            try {
                return Long.valueOf(digits);
            } catch (NumberFormatException tooLarge) {
                return new JsonNumber(digits);
            }
        }
        return new JsonNumber(digits);
    }
}
