package lab4;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.brkmap.analyse.Analysis;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Question;
import org.brkmap.lab.Recipe;
import org.brkmap.lab.RowKeys;
import org.brkmap.lab.Space;
import org.brkmap.libc.SystemFacts;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Snapshot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab4")
@Order(2)
@DisplayName("Identify")
class IdentifyTest {
    private static final int MAP_ANONYMOUS = 0x20;
    private static final int MAP_SHARED = 1;

    @Test
    @Order(1)
    @DisplayName("Four mappings in a map")
    @Exercise(
            id = "rows",
            kind = ExerciseKind.IDENTIFY,
            points = 8,
            parts = {"a", "b", "c", "d"},
            hints = {
                "Look at the fourth letter of the permissions, and at the offset.",
                "p is private, s is shared; the offset says where in the file a row begins. What is shared and belongs to nobody's "
                        + "file has a file all the same.",
                "d is /dev/zero (deleted): the kernel keeps anonymous shared memory in a file without a name. Of the file's own rows "
                        + "c has an offset, b is rw-s, and a is rw-p."
            },
            explanation =
                    "maps shows of a mapping what mmap was told: protection, shared or private, file and offset. Anonymous "
                            + "shared memory is a file of the kernel's own tmpfs, which is how two processes can find the same pages.")
    void fourMappings(Bench bench) {
        String file = Inputs.file(bench, "four.dat", 2 * SystemFacts.pageSize());
        Recipe recipe =
                Recipe.of("four: a map to find mappings in", "labs/lab4/four.c").arguments(file);
        Analysis run = bench.observe(recipe);
        Snapshot map = Space.at(run, "mapped");
        RowKeys keys = RowKeys.of(map);
        String sheet = bench.sheet("four", sheet(keys));
        List<MemoryEvent> ofTheFile = CopyProgram.mappingsOf(run, "four.dat");
        MemoryEvent anonymous = run.observation().events().stream()
                .filter(event -> event.call().equals("mmap") && event.succeeded())
                .filter(event -> (event.arg(3) & MAP_ANONYMOUS) != 0 && (event.arg(3) & MAP_SHARED) != 0)
                .filter(event -> event.seq() > ofTheFile.get(0).seq())
                .findFirst()
                .orElseThrow(() -> new AssertionError("four made no anonymous shared mapping"));
        Map<String, Question> questions = new LinkedHashMap<>();
        questions.put("a", row(keys, ofTheFile.get(0), sheet, "a"));
        questions.put("b", row(keys, ofTheFile.get(1), sheet, "b"));
        questions.put("c", row(keys, ofTheFile.get(2), sheet, "c"));
        questions.put("d", row(keys, anonymous, sheet, "d"));
        bench.identify(questions);
        bench.found("four mappings, each in its row");
    }

    private static Question row(RowKeys keys, MemoryEvent mapping, String sheet, String name) {
        return Question.row(
                () -> keys.keyOf(mapping.result())
                        .orElseThrow(() -> new AssertionError("what was mapped is not there")),
                List.copyOf(keys.rows().keySet()),
                "Which row of %s is %s of labs/lab4/four.c?",
                sheet,
                name);
    }

    private static String sheet(RowKeys keys) {
        StringBuilder text = new StringBuilder("The map of four, at its checkpoint\n\n");
        text.append(String.format(Locale.ROOT, "%-30s %-33s %s offset%n", "key", "addresses", "mode"));
        keys.rows()
                .forEach((key, row) -> text.append(String.format(
                        Locale.ROOT,
                        "%-30s %-33s %s %08x%n",
                        key,
                        row.range(),
                        row.permissions(),
                        row.backing().offset())));
        return text.toString();
    }
}
