package lab1;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.brkmap.analyse.Analysis;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Question;
import org.brkmap.lab.Recipe;
import org.brkmap.lab.RowKeys;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.brkmap.model.TranscriptLine;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab1")
@Order(2)
@DisplayName("Say what is what")
class IdentifyTest {
    private static final Recipe ROWS = Form.STATIC_PIE
            .link("a map to read: modify-areas, static-pie", "sample-c/modify-areas/modify-areas.c")
            .define("BSS", 1)
            .define("AMOUNT", 300_000);
    private static final Recipe PARTS =
            Form.DYNAMIC.link("a map to find addresses in: static-dynamic", "sample-c/static-dynamic/static-dynamic.c");

    private static final Pattern PRINTED = Pattern.compile("(.*?) +0x([0-9a-f]+)\\s*");

    @Test
    @Order(1)
    @Exercise(
            id = "rows",
            kind = ExerciseKind.IDENTIFY,
            points = 10,
            parts = {"text", "rodata", "relro", "data", "bss"},
            hints = {
                "Begin with the permissions: which parts may be executed, which may be written?",
                "Of the rows that can only be read, the first holds the headers. relro was writable once: it lies beside the data.",
                "In order: headers r--p, text r-xp, rodata r--p, relro r--p, data rw-p; then .bss, which has no file behind it."
            },
            explanation =
                    "The linker keeps together what needs the same permissions, and the rows lie in the order of its "
                            + "segments: headers, text, rodata, then the writable segment. Its first part, relro, was made read-only "
                            + "again after the start; its last, .bss, has no bytes in the file, and so neither device nor inode.")
    @DisplayName("The rows of a program")
    void theRowsOfAProgram(Bench bench) {
        Snapshot map = Maps.at(bench.observe(ROWS), "start");
        RowKeys keys = RowKeys.of(map);
        String sheet = bench.sheet("rows", sheet(keys, "modify-areas, linked with -static-pie, with a large .bss"));
        Map<String, Question> questions = new LinkedHashMap<>();
        questions.put("text", row(keys, map, Role.PROGRAM_TEXT, "Which row of " + sheet + " holds the code?"));
        questions.put("rodata", row(keys, map, Role.PROGRAM_RODATA, "Which holds strings and constants?"));
        questions.put(
                "relro",
                row(keys, map, Role.PROGRAM_RELRO, "Which was writable while the program started, and is not now?"));
        questions.put("data", row(keys, map, Role.PROGRAM_DATA, "Which holds variables that begin with a value?"));
        questions.put("bss", row(keys, map, Role.PROGRAM_BSS, "Which holds most of the variables that begin as zero?"));
        bench.identify(questions);
        bench.found("five rows, five purposes");
    }

    @Test
    @Order(2)
    @Exercise(
            id = "parts",
            kind = ExerciseKind.IDENTIFY,
            points = 5,
            after = {"rows"},
            parts = {"main", "string", "variable", "block", "local"},
            hints = {
                "An address lies in a row if it is not below its start, and below its end.",
                "The sheet gives the addresses of this run. Compare them from the left, digit by digit.",
                "Code is in the row that can be executed, a string in one that can only be read; a block of malloc in the heap."
            },
            explanation =
                    "Where a thing lies follows from how it is defined: code in text, a literal in rodata, a variable "
                            + "with a value in data, a local on the stack; and what malloc returns, in the heap, if it is small.")
    @DisplayName("The row that holds an address")
    void theRowThatHoldsAnAddress(Bench bench) {
        Analysis run = bench.observe(PARTS);
        Snapshot map = Maps.at(run, "Press key to end");
        RowKeys keys = RowKeys.of(map);
        Map<String, Long> addresses = printed(run);
        StringBuilder text = new StringBuilder(sheet(keys, "static-dynamic, and what it printed:"));
        addresses.forEach((name, address) -> text.append(String.format(Locale.ROOT, "%n%-14s 0x%x", name, address)));
        String sheet = bench.sheet("parts", text.append('\n').toString());
        Map<String, Question> questions = new LinkedHashMap<>();
        for (String name : List.of("main", "a string", "a variable", "a heap block", "a local")) {
            questions.put(
                    name.substring(name.lastIndexOf(' ') + 1),
                    Question.row(
                            () -> keyOf(keys, addresses.get(name), name),
                            List.copyOf(keys.rows().keySet()),
                            "Which row of %s holds the address of %s?",
                            sheet,
                            name));
        }
        bench.identify(questions);
        bench.found("five addresses, each in its row");
    }

    private static Question row(RowKeys keys, Snapshot map, Role role, String text) {
        Mapping row = Maps.row(map, role);
        return Question.row(
                () -> keyOf(keys, row.range().start(), role.title()),
                List.copyOf(keys.rows().keySet()),
                "%s",
                text);
    }

    private static String keyOf(RowKeys keys, Long address, String what) {
        if (address == null) {
            throw new AssertionError("the program did not say where " + what + " lies");
        }
        return keys.keyOf(address)
                .orElseThrow(() -> new AssertionError("no row of the map holds the address of " + what));
    }

    /** What static-dynamic says of itself: names, and where they lie. */
    private static Map<String, Long> printed(Analysis run) {
        Map<String, Long> printed = new LinkedHashMap<>();
        String said = run.observation().transcript().stream()
                .filter(line -> line.direction() == TranscriptLine.Direction.OUT)
                .map(TranscriptLine::text)
                .collect(Collectors.joining());
        said.lines()
                .map(PRINTED::matcher)
                .filter(Matcher::matches)
                .forEach(line -> printed.put(line.group(1), Long.parseUnsignedLong(line.group(2), 16)));
        return printed;
    }

    /** The map with the rows' keys in front; it does not say what any of them is for. */
    private static String sheet(RowKeys keys, String title) {
        StringBuilder text = new StringBuilder("The map of ").append(title).append("\n\n");
        text.append(String.format(Locale.ROOT, "%-30s %-33s %s %9s  offset%n", "key", "addresses", "mode", "KiB"));
        keys.rows()
                .forEach((key, row) -> text.append(String.format(
                        Locale.ROOT,
                        "%-30s %-33s %s %9d  %08x%n",
                        key,
                        row.range(),
                        row.permissions(),
                        row.size() / 1024,
                        row.backing().offset())));
        return text.toString();
    }
}
