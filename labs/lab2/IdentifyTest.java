package lab2;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brkmap.analyse.Analysis;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Question;
import org.brkmap.lab.RowKeys;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab2")
@Order(2)
@DisplayName("Identify: read a map")
class IdentifyTest {
    private static final long SMALL = 5000;
    private static final long LARGE = 700 * 1024;
    private static final long SECOND = 500 * 1024;
    private static final long THIRD = 3000 * 1024;

    @Test
    @Order(1)
    @DisplayName("In which rows of the map do three blocks lie?")
    @Exercise(
            id = "blocks",
            kind = ExerciseKind.IDENTIFY,
            points = 9,
            parts = {"small", "second", "third"},
            hints = {
                "Look at the sizes: which rows are large enough for the block?",
                "Between the first and the others a block of 700 KiB was mapped and freed. What did that do to the threshold?",
                "A row a little longer than the block, and without a name, was made for it. "
                        + "If there is none, the block lies in a row that holds more."
            },
            explanation =
                    "After free of the mapped 700 KiB the threshold is 700 KiB: 500 KiB come from the heap, which has "
                            + "grown for them, and 3000 KiB from a mapping of their own.")
    void whereTheBlocksLie(Bench bench) {
        Analysis run = BlocksMap.run(bench, SMALL, LARGE, SECOND, THIRD);
        RowKeys rows = RowKeys.of(Blocks.at(run, BlocksMap.LABEL));
        String sheet = bench.sheet(
                "blocks",
                "The map of labs/lab2/blocks.c at its checkpoint \"" + BlocksMap.LABEL
                        + "\": key, permissions, size.\n\n" + rows.describe());
        List<String> keys = List.copyOf(rows.rows().keySet());
        Map<String, Question> questions = new LinkedHashMap<>();
        questions.put("small", question(run, keys, sheet, "the first block, malloc(" + SMALL + ")", SMALL));
        questions.put(
                "second",
                question(run, keys, sheet, "malloc(" + SECOND + "), after a block of " + LARGE + " was freed", SECOND));
        questions.put("third", question(run, keys, sheet, "malloc(" + THIRD + "), after that", THIRD));
        bench.identify(questions);
    }

    private static Question question(Analysis run, List<String> keys, String sheet, String what, long size) {
        return Question.row(
                () -> BlocksMap.rowOf(run, size), keys, "which row of %s holds %s? Write its key.", sheet, what);
    }
}
