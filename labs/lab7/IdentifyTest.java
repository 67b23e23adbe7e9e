package lab7;

import java.nio.ByteBuffer;
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
import org.brkmap.model.Snapshot;
import org.brkmap.observe.MemoryCopy;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab7")
@Order(2)
@DisplayName("Identify: read a dump")
class IdentifyTest {
    private static final List<String> PLACES = List.of("first", "second", "third", "fourth", "fifth");

    @Test
    @Order(1)
    @DisplayName("Five addresses in a dump")
    @Exercise(
            id = "pointers",
            kind = ExerciseKind.IDENTIFY,
            points = 10,
            parts = {"first", "second", "third", "fourth", "fifth"},
            hints = {
                "An address is eight bytes, and the lowest of them comes first.",
                "Write the eight bytes from the last to the first, and you have the address as maps writes it. Find the row that"
                        + " begins at or below it, and ends above it.",
                "The last two bytes of eight are 00. Bytes 10 20 30 40 50 7f 00 00 are the address 7f5040302010."
            },
            explanation =
                    "A dump has no names. What an address points at is told by the map of the same moment, which is why a"
                            + " dump without its map is worth little under address randomisation.")
    void fiveAddresses(Bench bench) {
        MemoryCopy memory = new MemoryCopy(row -> row.permissions().write());
        Analysis run = bench.observe(
                Recipe.of("pointers: five addresses", "labs/lab7/pointers.c").arguments("dbeac"), memory);
        Snapshot map = Looking.at(run, "looked at");
        RowKeys keys = RowKeys.of(map);
        long start = Looking.pointedAt(run, 1);
        ByteBuffer bytes = memory.at(map, start)
                .orElseThrow(() -> bench.notChecked("the memory of a process cannot be read here"));
        String sheet = bench.sheet("pointers", sheet(keys, start, bytes));
        Map<String, Question> questions = new LinkedHashMap<>();
        for (int i = 0; i < PLACES.size(); i++) {
            long address = bytes.getLong(i * Long.BYTES);
            questions.put(
                    PLACES.get(i),
                    Question.row(
                            () -> keys.keyOf(address)
                                    .orElseThrow(() -> new AssertionError("an address of pointers.c leads nowhere")),
                            List.copyOf(keys.rows().keySet()),
                            "%s shows eight bytes at +0x%02x: an address. In which row does it lie? Write the row's key.",
                            sheet,
                            i * Long.BYTES));
        }
        bench.identify(questions);
        bench.found("five addresses, each in its row");
    }

    private static String sheet(RowKeys keys, long start, ByteBuffer bytes) {
        StringBuilder text =
                new StringBuilder("The map of pointers at its checkpoint, and 40 bytes of its memory from 0x"
                        + Long.toHexString(start) + " on\n\n");
        for (int i = 0; i < PLACES.size(); i++) {
            text.append(String.format(Locale.ROOT, "+0x%02x ", i * Long.BYTES));
            for (int j = 0; j < Long.BYTES; j++) {
                text.append(String.format(Locale.ROOT, " %02x", bytes.get(i * Long.BYTES + j)));
            }
            text.append('\n');
        }
        text.append(String.format(Locale.ROOT, "%n%-30s %-33s %s%n", "key", "addresses", "mode"));
        keys.rows()
                .forEach((key, row) -> text.append(
                        String.format(Locale.ROOT, "%-30s %-33s %s%n", key, row.range(), row.permissions())));
        return text.toString();
    }
}
