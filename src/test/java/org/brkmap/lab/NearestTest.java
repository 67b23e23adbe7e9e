package org.brkmap.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> WORDS = List.of("rows", "mend-the-leak", "move-the-threshold", "q");

    @ParameterizedTest
    @CsvSource({
        "rows, rows",
        "row, rows",
        "mend-leak, mend-the-leak",
        "mend_the_leek, mend-the-leak",
        "threshold-move, ''",
        "columns, ''",
        "mend-nothing, ''",
        // Whatever is one letter long could have been q.
        "x, ''",
        "'', ''",
    })
    void aWordIsNearIfAThirdOfItAtMostWasMistaken(String written, String meant) {
        assertThat(Nearest.to(written, WORDS)).isEqualTo(meant.isEmpty() ? null : meant);
    }
}
