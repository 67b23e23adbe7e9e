package lab8;

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
import org.brkmap.model.AddressRange;
import org.brkmap.model.AllocatorCall;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab8")
@Order(2)
@DisplayName("Identify: whose rows are these?")
class IdentifyTest {
    private static final long BLOCK = 3000;

    @Test
    @Order(1)
    @DisplayName("Three threads, their stacks, a guard and an arena")
    @Exercise(
            id = "rows",
            kind = ExerciseKind.IDENTIFY,
            points = 10,
            parts = {"cook", "waiter", "guard", "block", "reserve"},
            hints = {
                "Only the first thread's stack has a name. The others are rows without one: look at their sizes.",
                "A guard is the row without access right below a stack. An arena is a row that can be written, and "
                        + "a long one without access above it.",
                "cook's and waiter's rows have the sizes that crew.c asks for; baker's guard is the ---p row that ends where "
                        + "the row of 512 KiB begins; the arena's two rows have 64 MiB together."
            },
            explanation =
                    "To the kernel a thread's stack is a mapping like any other, and so is an arena. "
                            + "Older kernels wrote [stack:TID] beside such rows; finding the thread was slow, and it was dropped in Linux 4.5.")
    void whoseRowsTheseAre(Bench bench) {
        Analysis run = bench.observe(
                Recipe.of("crew: three threads at work", "labs/lab8/crew.c").flags("-pthread"));
        bench.needsGlibc(run);
        Snapshot map = Stacks.at(run, "all at work");
        RowKeys keys = RowKeys.of(map);
        String sheet = bench.sheet("crew", sheet(keys));
        AddressRange guard = ThreadStack.named(run, map, "baker").guard();
        bench.needs(
                map.mappingAt(guard.start())
                        .filter(row -> row.role() == Role.STACK_GUARD)
                        .isPresent(),
                "this C library makes guards that are no rows of their own");
        Map<String, Question> questions = new LinkedHashMap<>();
        questions.put("cook", question(keys, stack(run, map, "cook"), sheet, "the stack of the thread cook"));
        questions.put("waiter", question(keys, stack(run, map, "waiter"), sheet, "the stack of the thread waiter"));
        questions.put("guard", question(keys, guard.start(), sheet, "the guard of the thread baker"));
        long block = block(run);
        questions.put("block", question(keys, block, sheet, "the block that waiter took with malloc"));
        questions.put(
                "reserve",
                question(keys, reserve(map, block), sheet, "the part of waiter's arena that nobody may touch yet"));
        bench.identify(questions);
        bench.found("five rows of %d", keys.rows().size());
    }

    private static long stack(Analysis run, Snapshot map, String thread) {
        return ThreadStack.named(run, map, thread).row().range().start();
    }

    private static long block(Analysis run) {
        return run.observation().allocations().stream()
                .filter(call -> Long.valueOf(BLOCK).equals(call.call().size()) && call.tid() != call.pid())
                .map(AllocatorCall::result)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no thread called malloc(" + BLOCK + ")"));
    }

    /** The rest of the arena begins where the row with the block ends. */
    private static long reserve(Snapshot map, long block) {
        return map.mappingAt(block)
                .flatMap(arena -> map.mappingAt(arena.range().end()))
                .filter(row -> row.role() == Role.ARENA && row.permissions().none())
                .orElseThrow(() -> new AssertionError("there is no reserve above the arena's row"))
                .range()
                .start();
    }

    private static Question question(RowKeys keys, long address, String sheet, String what) {
        return Question.row(
                () -> keys.keyOf(address).orElseThrow(() -> new AssertionError("no row holds " + what)),
                List.copyOf(keys.rows().keySet()),
                "which row of %s is, or holds, %s? Write its key.",
                sheet,
                what);
    }

    /** The map with the rows' keys in front; it does not say what any of them is for. */
    private static String sheet(RowKeys keys) {
        StringBuilder text = new StringBuilder("The map of labs/lab8/crew.c at its checkpoint \"all at work\"\n\n");
        text.append(String.format(Locale.ROOT, "%-30s %-33s %s %9s%n", "key", "addresses", "mode", "KiB"));
        for (Map.Entry<String, Mapping> row : keys.rows().entrySet()) {
            Mapping mapping = row.getValue();
            text.append(String.format(
                    Locale.ROOT,
                    "%-30s %-33s %s %9d%n",
                    row.getKey(),
                    mapping.range(),
                    mapping.permissions(),
                    mapping.size() / Stacks.KIB));
        }
        return text.toString();
    }
}
