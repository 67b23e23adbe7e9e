package org.brkmap.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0 B",
                "1|1 B",
                "1023|1023 B",
                "1024|1 KiB",
                "1536|1.5 KiB",
                "131049|127.9 KiB",
                "131072|128 KiB",
                "266240|260 KiB",
                "1048575|1023.9 KiB",
                "1048576|1 MiB",
                "1101004|1.04 MiB",
                "-4096|−4 KiB",
                "45598946227814|41.47 TiB",
                "9223372036854775807|7.99 EiB",
            })
    void a_size_is_short_and_never_rounded_up(long bytes, String text) {
        assertThat(Sizes.compact(bytes)).isEqualTo(text);
    }

    @Test
    void unknown_is_not_zero() {
        assertThat(Sizes.compact(null)).isEqualTo("n/a");
        assertThat(Sizes.exact(null)).isEqualTo("n/a");
        assertThat(Sizes.delta(null)).isEqualTo("n/a");
        assertThat(Sizes.difference(null, 1L)).isNull();
    }

    @Test
    void exact_sizes_are_grouped() {
        assertThat(Sizes.exact(1L)).isEqualTo("1 byte");
        assertThat(Sizes.exact(135168L)).isEqualTo("135,168 bytes");
        assertThat(Sizes.exact(-1234567L)).isEqualTo("−1,234,567 bytes");
    }

    @Test
    void an_argument_is_exact() {
        assertThat(Sizes.argument(32768)).isEqualTo("32 KiB");
        assertThat(Sizes.argument(134473)).isEqualTo("134473");
        assertThat(Sizes.argument(1536 * 1024)).isEqualTo("1572864");
        assertThat(Sizes.argument(24)).isEqualTo("24");
        assertThat(Sizes.argument(0)).isEqualTo("0");
    }

    @Test
    void a_difference_has_a_sign() {
        assertThat(Sizes.delta(204800L)).isEqualTo("+200 KiB");
        assertThat(Sizes.delta(-32768L)).isEqualTo("−32 KiB");
        assertThat(Sizes.delta(0L)).isEqualTo("±0");
    }
}
