package org.brkmap.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldingTest {
    private static String letters(int count, long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        random.ints(count, ' ', 127).forEach(letter -> text.append((char) letter));
        return text.toString();
    }

    @Test
    void a_repetition_beyond_the_reach_of_deflate_is_folded_and_unfolds() throws Exception {
        String part = letters(5000, 1);
        String text = part + letters(100_000, 2) + part + "end";
        String folded = Folding.fold(text);
        assertThat(folded.length()).isLessThan(text.length() - 4900);
        assertThat(Folding.unfold(folded)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 65, 191, 192, 2047, 2048, 2049, 5000, 70_000})
    void texts_of_every_length_come_back_whether_they_repeat_or_not(int length) throws Exception {
        String text = letters(length, length);
        for (String each : new String[] {text, text.repeat(3), "a".repeat(length), text + "b".repeat(length) + text}) {
            assertThat(Folding.unfold(Folding.fold(each))).isEqualTo(each);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"abc\n0,4\n", "abc\n2,2\n", "abc\n-1,2\n", "abc\n1\n", "abc\n,\n", "abc\n", "a\n0,9999999999\n"})
    void what_was_cut_or_edited_is_refused(String folded) {
        assertThatThrownBy(() -> Folding.unfold(folded))
                .isInstanceOf(EvidenceException.class)
                .hasMessageContaining("cannot be unfolded");
    }

    @Test
    void a_small_text_that_would_unfold_to_more_than_is_read_is_refused() {
        StringBuilder bomb = new StringBuilder("a".repeat(1024));
        for (int length = 1024; length <= EvidenceJson.MAX_CHARACTERS; length *= 2) {
            bomb.append("\n0,").append(length).append('\n');
        }
        assertThatThrownBy(() -> Folding.unfold(bomb.toString())).isInstanceOf(EvidenceException.class);
    }
}
