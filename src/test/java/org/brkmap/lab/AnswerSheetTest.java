package org.brkmap.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.brkmap.lab.AnswerSheet.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerSheetTest {
    private static final String FILE = "labs/lab9/answers.properties";

    @TempDir
    Path root;

    @BeforeEach
    void writeTheStarter() throws IOException {
        Files.createDirectories(root.resolve("labs/lab9/starter"));
        Files.writeString(root.resolve("labs/lab9/starter/answers.properties"), "moves =\nway =\nseed =\n");
    }

    private AnswerSheet sheet(String text) throws IOException {
        return sheet(text.getBytes(StandardCharsets.UTF_8));
    }

    private AnswerSheet sheet(byte[] bytes) throws IOException {
        Files.write(root.resolve(FILE), bytes);
        return AnswerSheet.of(root, "lab9");
    }

    private static List<String> values(AnswerSheet sheet, String key) {
        return sheet.answer(key).values();
    }

    @Test
    void answersAreReadWithTheirLinesInTheOrderGiven() throws IOException {
        AnswerSheet sheet = sheet("# a comment\n\nmoves = 4, 6 # my second try\n! another\nway=heap\n");
        assertThat(sheet.answer("moves").line()).isEqualTo(3);
        assertThat(values(sheet, "moves")).containsExactly("4", "6");
        assertThat(values(sheet, "way")).containsExactly("heap");
        assertThat(sheet.answer("seed")).isNull();
        assertThat(sheet.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"moves = 4\r\nway = heap\r\n", "\ufeffmoves = 4\nway = heap", "\tmoves\t=\t4\t\n  way\t= heap"})
    void windowsLineEndsAByteOrderMarkAndTabsMakeNoDifference(String text) throws IOException {
        AnswerSheet sheet = sheet(text);
        assertThat(values(sheet, "moves")).containsExactly("4");
        assertThat(values(sheet, "way")).containsExactly("heap");
        assertThat(sheet.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE"})
    void anotherEncodingOfTheWholeFileIsToldOnce(String charset) throws IOException {
        byte[] text = "moves = 4\n".getBytes(Charset.forName(charset));
        AnswerSheet sheet = sheet(text);
        assertThat(sheet.problems())
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.describe()).startsWith(FILE + ":1: ").contains("UTF-16", "UTF-8"));
        assertThat(sheet.answer("moves")).isNull();
    }

    @Test
    void aLineInAnotherEncodingLeavesTheOthersAsTheyAre() throws IOException {
        byte[] text = "# f\u00fcr mich\nway = h\u00e4ap\nmoves = 4\n".getBytes(StandardCharsets.ISO_8859_1);
        AnswerSheet sheet = sheet(text);
        assertThat(sheet.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.describe()).startsWith(FILE + ":2: is not UTF-8"));
        assertThat(sheet.problem("way")).isNotNull();
        assertThat(values(sheet, "moves")).containsExactly("4");
    }

    @Test
    void eachMistakeIsToldWithItsLine() throws IOException {
        AnswerSheet sheet = sheet("movs = 3\nno sign\nway = heap\nway = mmap\nseed = twelve\nzzzzzzzz = 1\n");
        assertThat(sheet.problems())
                .extracting(Problem::describe)
                .containsExactly(
                        FILE + ":1: unknown key \"movs\"; did you mean \"moves\"?",
                        FILE + ":2: \"no sign\" is not of the form key = answer; begin a comment with #",
                        FILE + ":4: way stands there twice, first in line 3; keep one of the two",
                        FILE + ":5: seed is one whole number, or nothing; taken as if it were nothing",
                        FILE + ":6: unknown key \"zzzzzzzz\"");
    }

    @Test
    void aFileThatIsMissingOrTooLongIsNoError() throws IOException {
        assertThat(AnswerSheet.of(root, "lab9").isPresent()).isFalse();
        AnswerSheet sheet = sheet(new byte[(1 << 20) + 1]);
        assertThat(sheet.problems())
                .extracting(Problem::what)
                .singleElement()
                .asString()
                .contains("longer");
    }

    @Test
    void theKeysWhoseAnswersChangedAreKnown() throws IOException {
        AnswerSheet before = sheet("moves = 4\nway = heap\n");
        AnswerSheet now = sheet("# new\nway = heap\nmoves = 4, 6\nseed = 7\n");
        assertThat(now.changedSince(before)).containsExactlyInAnyOrder("moves", "seed");
        assertThat(now.changedSince(now)).isEmpty();
    }
}
