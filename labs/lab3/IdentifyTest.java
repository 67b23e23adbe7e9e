package lab3;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.brkmap.analyse.Analysis;
import org.brkmap.elf.Symbol;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Question;
import org.brkmap.lab.Recipe;
import org.brkmap.lab.RowKeys;
import org.brkmap.lab.Space;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab3")
@Order(2)
@DisplayName("Identify")
class IdentifyTest {
    private static final Recipe SYMBOLS = Recipe.of("symbols: a map to find objects in", "labs/lab3/symbols.c")
            .flags("-fPIE", "-pie");

    private static final List<String> OBJECTS = List.of("main", "motto", "weekend", "counter", "table");

    @Test
    @Order(1)
    @DisplayName("The rows that hold five objects")
    @Exercise(
            id = "rows",
            kind = ExerciseKind.IDENTIFY,
            points = 10,
            parts = {"motto", "weekend", "counter", "table-first", "table-last"},
            hints = {
                "nm counts from the beginning of the file's first row. Add where that row starts to each address.",
                "An array of pointers has addresses in it, which are known only when the program is loaded. Who writes them?",
                "weekend was written by the loader and then closed: that row is r--p, before the data. The table begins in what is "
                        + "left of the last page of the data."
            },
            explanation =
                    "Constants that hold addresses are filled in by the loader, and protected after it: relro. And .bss "
                            + "begins right behind .data, in the same page: the row of the data holds its head, the row without a file the rest.")
    void theRowsOfFiveObjects(Bench bench) {
        Analysis run = bench.observe(SYMBOLS);
        Snapshot map = Space.at(run, "here");
        RowKeys keys = RowKeys.of(map);
        List<Mapping> program = Space.rows(map, Role::isProgram);
        InFile file = InFile.of(bench.build(SYMBOLS).executable(), Area.pageSize(run));
        long bias = file.elf()
                .loadBias(
                        program.get(0).range().start(), program.get(0).backing().offset(), Area.pageSize(run))
                .orElseThrow(() -> new AssertionError("no segment of the program begins where its first row does"));
        String sheet = bench.sheet("symbols", sheet(keys, file));
        Symbol table = file.symbol("table");
        Map<String, Question> questions = new LinkedHashMap<>();
        for (String object : List.of("motto", "weekend", "counter")) {
            questions.put(object, row(keys, bias + file.symbol(object).address(), sheet, object));
        }
        questions.put("table-first", row(keys, bias + table.address(), sheet, "the first byte of table"));
        questions.put(
                "table-last", row(keys, bias + table.address() + table.size() - 1, sheet, "the last byte of table"));
        bench.identify(questions);
        bench.found("five addresses of the file, five in memory");
    }

    private static Question row(RowKeys keys, long address, String sheet, String what) {
        return Question.row(
                () -> keys.keyOf(address).orElseThrow(() -> new AssertionError("no row holds " + what)),
                List.copyOf(keys.rows().keySet()),
                "Which row of %s holds %s?",
                sheet,
                what);
    }

    private static String sheet(RowKeys keys, InFile file) {
        StringBuilder text = new StringBuilder("The map of symbols, and below it what nm -S says of the file\n\n");
        keys.rows()
                .forEach((key, row) -> text.append(
                        String.format(Locale.ROOT, "%-30s %-33s %s%n", key, row.range(), row.permissions())));
        text.append(String.format(Locale.ROOT, "%naddress          size             name%n"));
        for (String name : OBJECTS) {
            Symbol symbol = file.symbol(name);
            text.append(String.format(Locale.ROOT, "%016x %016x %s%n", symbol.address(), symbol.size(), name));
        }
        return text.toString();
    }
}
