package org.brkmap.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
    private static String write(Object value) {
        return new String(CanonicalJson.write(value), StandardCharsets.UTF_8);
    }

    /** The order of names is the example of RFC 8785, section 3.2.3. */
    @Test
    void members_are_in_the_order_of_utf16() {
        assertThat(write(
                        Map.of("\u20ac", 1, "\r", 2, "\ufb33", 3, "1", 4, "\ud83d\ude00", 5, "\u0080", 6, "\u00f6", 7)))
                .isEqualTo(
                        "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u00f6\":7,\"\u20ac\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}");
    }

    @Test
    void texts_have_the_fewest_escapes() {
        assertThat(write("\u20ac$\u000f\nA'B\"\\\b\t\f/<\u2028\u007f"))
                .isEqualTo("\"\u20ac$\\u000f\\nA'B\\\"\\\\\\b\\t\\f/<\u2028\u007f\"");
        assertThat(write("\ud83d!\ude00")).isEqualTo("\"\\ud83d!\\ude00\"");
    }

    @Test
    void values_nest_without_blanks() {
        assertThat(write(Map.of("a", Arrays.asList(1, -2L, null, true, List.of(), Map.of(), "x"))))
                .isEqualTo("{\"a\":[1,-2,null,true,[],{},\"x\"]}");
        assertThatThrownBy(() -> CanonicalJson.write(0.5)).isInstanceOf(IllegalArgumentException.class);
    }
}
