package lab1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brkmap.check.MemoryAssertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.brkmap.analyse.Analysis;
import org.brkmap.check.Wording;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.AnswerSheet;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Recipe;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.brkmap.model.TranscriptLine;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab1")
@Order(5)
@DisplayName("In another language")
class LanguageTest {
    private static final String RUN = "run";

    @Test
    @Order(1)
    @Exercise(
            id = "language",
            kind = ExerciseKind.MODIFY,
            points = 8,
            extra = true,
            hints = {
                "Any interpreter that you have will do: awk, perl, python3, ruby, lua, a shell.",
                "The program must be a file of yours in labs/lab1, and wait for a line of input, so that its map can be read.",
                "Write, for instance, run = python3 labs/lab1/hello.py, where hello.py ends with input()."
            },
            explanation =
                    "The program in the map is the interpreter: your own is data to it, in its heap. That is why the map "
                            + "of a hello in such a language is longer, and why maps cannot show you the variables of a script.")
    @DisplayName("hello in a language of your choice")
    void helloInAnotherLanguage(Bench bench) {
        AnswerSheet.Answer answer = bench.answer(RUN);
        if (answer == null) {
            throw bench.notChecked("write a hello that waits for a line, in any interpreted language, into labs/lab1;"
                    + " then set " + RUN + " in labs/lab1/answers.properties to the command that starts it");
        }
        List<String> command = List.of(String.join(",", answer.values()).split("\\s+"));
        assertThat(command.subList(1, command.size()))
                .as("%s = %s: a file in labs/lab1 among what follows the interpreter", RUN, String.join(" ", command))
                .anyMatch(word -> isOwnFile(word, bench));
        Recipe recipe = Recipe.installed("hello in another language", command.get(0))
                .arguments(command.subList(1, command.size()).toArray())
                .withoutProbe();
        Analysis run = bench.observe(recipe);
        assertThat(command.stream().filter(word -> isOwnFile(word, bench)).map(word -> text(word, bench)))
                .as("files of yours whose text the program prints as it is, which is no running of them")
                .noneMatch(text -> printed(run).contains(text));
        Snapshot map = waiting(run);
        assertThat(map)
                .hasOnlyExplainedMappings()
                .has(Role.PROGRAM_TEXT)
                .has(Role.STACK)
                .hasHeap();
        assertThat(Path.of(String.valueOf(Maps.layout(map).executable())).startsWith(root(bench)))
                .as("the program in the map is one of this project")
                .isFalse();
        Snapshot ours = Form.DYNAMIC.asleep(bench);
        bench.found(
                "%d rows and %s; hello in C has %d and %s",
                map.mappings().size(),
                Wording.bytes(map.totals().virtual()),
                ours.mappings().size(),
                Wording.bytes(ours.totals().virtual()));
    }

    private static boolean isOwnFile(String word, Bench bench) {
        Path file = bench.file(word).toAbsolutePath().normalize();
        return file.startsWith(root(bench).resolve("labs/lab1")) && Files.isRegularFile(file);
    }

    private static String text(String word, Bench bench) {
        try {
            return Files.readString(bench.file(word)).strip();
        } catch (IOException e) {
            throw new AssertionError(word + " cannot be read as UTF-8 text: " + e, e);
        }
    }

    private static String printed(Analysis run) {
        return run.observation().transcript().stream()
                .filter(line -> line.direction() == TranscriptLine.Direction.OUT)
                .map(TranscriptLine::text)
                .collect(Collectors.joining())
                .replace("\r\n", "\n");
    }

    private static Path root(Bench bench) {
        return bench.file("").toAbsolutePath().normalize();
    }

    private static Snapshot waiting(Analysis run) {
        return run.observation().snapshots().stream()
                .filter(snapshot -> snapshot.kind() == CheckpointKind.INPUT || snapshot.kind() == CheckpointKind.SLEEP)
                .findFirst()
                .orElseThrow(() -> new AssertionError("the program did not wait for a line, so its map was not seen"));
    }
}
