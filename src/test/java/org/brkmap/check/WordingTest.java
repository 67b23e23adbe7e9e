package org.brkmap.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "1, 1 byte",
        "1023, 1023 bytes",
        "1024, 1 KiB",
        "131049, 131049 bytes",
        "266240, 260 KiB",
        "1048576, 1 MiB",
        "1572864, 1536 KiB",
        "-4096, -4 KiB"
    })
    void sizesAreExactInTheLargestUnitThatFits(long bytes, String words) {
        assertThat(Wording.bytes(bytes)).isEqualTo(words);
    }

    @Test
    void differencesCarryTheirSign() {
        assertThat(Wording.signed(4096)).isEqualTo("+4 KiB");
        assertThat(Wording.signed(-4096)).isEqualTo("-4 KiB");
        assertThat(Wording.signed(0)).isEqualTo("0 bytes");
    }
}
