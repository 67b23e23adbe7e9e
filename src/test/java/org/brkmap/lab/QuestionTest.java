package org.brkmap.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionTest {
    private static final Question NUMBER = Question.number(() -> 65536L, "How long is %s?", "it");
    private static final Question WAY = Question.choice(() -> "heap", List.of("heap", "mmap"), "Where?");
    private static final Question ROW = Question.row(() -> "anon#1", List.of("heap", "anon#1", "stack"), "Which row?");

    @ParameterizedTest
    @ValueSource(strings = {"65536", "65_536", "65'536", "64 KiB", "64k", "64 kb", "65536 bytes", " 65536 "})
    void aNumberMayBeWrittenInSeveralWays(String answer) {
        assertThat(NUMBER.malformed(answer)).isNull();
        assertThat(NUMBER.wrong(answer)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"65535, too low", "0, too low", "-1, too low", "65537, too high", "1 MiB, too high"})
    void aWrongNumberIsTooLowOrTooHighAndNothingElse(String answer, String direction) {
        assertThat(NUMBER.wrong(answer)).isEqualTo(direction);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "many", "0x10000", "6.5", "64 GiB", "99999999999999999999", "9223372036854775807 MiB"})
    void whatIsNoWholeNumberIsMalformed(String answer) {
        assertThat(NUMBER.malformed(answer)).contains("is not a whole number");
    }

    @Test
    void aWrongWordIsAnotherKindAndOneThatIsNoChoiceIsMalformed() {
        assertThat(WAY.wrong("HEAP")).isNull();
        assertThat(WAY.wrong("mmap")).isEqualTo("another kind");
        assertThat(WAY.malformed("mmap")).isNull();
        assertThat(WAY.malformed("heep")).contains("none of heap, mmap", "did you mean heap?");
    }

    @Test
    void aRowThatIsNoneIsMalformedWithoutAListOfTheRows() {
        assertThat(ROW.wrong("stack")).isEqualTo("another row");
        assertThat(ROW.malformed("anon1")).contains("none of the rows' keys", "did you mean anon#1?");
        assertThat(ROW.malformed("elsewhere")).doesNotContain("stack");
    }

    @Test
    void nothingIsMeasuredBeforeThereIsAnAnswer() {
        Question unmeasurable = Question.number(
                () -> {
                    throw new AssertionError("measured");
                },
                "How many?");
        assertThat(unmeasurable.malformed("none")).isNotNull();
        assertThat(unmeasurable.text()).isEqualTo("How many?");
    }

    @Test
    void aDrawIsTheSameForTheSameSeedAndAnotherForEachAttempt() {
        assertThat(sizes(7, "moves", 0)).isEqualTo(sizes(7, "moves", 0));
        assertThat(sizes(7, "moves", 1)).isNotEqualTo(sizes(7, "moves", 0));
        assertThat(sizes(8, "moves", 0)).isNotEqualTo(sizes(7, "moves", 0));
        assertThat(sizes(7, "order", 0)).isNotEqualTo(sizes(7, "moves", 0));
        assertThat(sizes(7, "moves", 0)).allMatch(size -> size >= 10 && size <= 99);
    }

    private static List<Long> sizes(long seed, String exercise, int attempt) {
        Draw draw = new Draw(seed, "lab9", exercise, attempt);
        return List.of(draw.between(10, 99), draw.between(10, 99), draw.between(10, 99), draw.between(10, 99));
    }
}
