package lab3;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.brkmap.analyse.Analysis;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Draw;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Question;
import org.brkmap.lab.Recipe;
import org.brkmap.lab.Space;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab3")
@Order(1)
@DisplayName("Predict: answer before you look")
class PredictTest {
    private static final List<String> AREAS = List.of("text", "rodata", "data", "bss", "heap", "stack");

    private static final Map<Role, String> NAMES = Map.of(
            Role.PROGRAM_TEXT, "text",
            Role.PROGRAM_RODATA, "rodata",
            Role.PROGRAM_DATA, "data",
            Role.PROGRAM_BSS, "bss",
            Role.HEAP, "heap",
            Role.STACK, "stack");

    /** How kinds.c spells each kind, from 1. */
    private static final List<String> KINDS = List.of(
            "outside of all functions, int results[%1$d];",
            "outside of all functions, int limits[%1$d] = {1};",
            "outside of all functions, const int squares[%1$d] = {0, 1, 4, 9};",
            "outside of all functions, int zeros[%1$d] = {0};",
            "outside of all functions, static const char *lines[%1$d] = {\"first\"};",
            "in a function, static int seen[%1$d];",
            "in a function, int scratch[%1$d]; which is written to",
            "in a function, a loop that takes %1$d ints by malloc, 250 at a time");

    @Test
    @Order(1)
    @DisplayName("Which area does a definition make larger?")
    @Exercise(
            id = "grows",
            kind = ExerciseKind.PREDICT,
            points = 6,
            hints = {
                "Ask three things: is it there from the beginning, does it have a value then, may it be written?",
                "static says how long it lives and who sees it, not whether it has a value. A value of zero is no value.",
                "Without a value: bss. With one: data, or rodata if it is const. A pointer to const is not const itself. "
                        + "Locals: stack. malloc: heap."
            },
            explanation =
                    "The file keeps values; so what begins with one is in data or rodata, and what begins as zero is in "
                            + "bss, which is no more than a length. Locals come with their function's frame, and malloc's blocks from the heap.")
    void whichAreaGrows(Bench bench) {
        bench.predict(draw -> {
            int kind = (int) draw.between(1, KINDS.size());
            long count = 1000 * draw.between(60, 150);
            return Question.choice(
                    () -> grown(bench, kind, count),
                    AREAS,
                    "Which area of a program does this make larger: " + KINDS.get(kind - 1),
                    count);
        });
    }

    private static String grown(Bench bench, int kind, long count) {
        Recipe recipe = Recipe.of("kinds: number " + kind + ", " + count + " ints", "labs/lab3/kinds.c")
                .define("COUNT", count);
        Analysis run = bench.observe(recipe.define("KIND", kind));
        bench.needsGlibc(run); // elsewhere malloc may map the block, which is none of these areas
        Snapshot with = Space.at(run, "used");
        Snapshot without = Space.at(
                bench.observe(
                        recipe.define("KIND", 0).named("kinds: none of them").notKept()),
                "used");
        return NAMES.entrySet().stream()
                .filter(area -> Space.bytes(with, area.getKey()) - Space.bytes(without, area.getKey()) > 2 * count)
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError("none of the areas grew"));
    }

    @Test
    @Order(2)
    @DisplayName("How many bytes gain a page?")
    @Exercise(
            id = "next-page",
            kind = ExerciseKind.PREDICT,
            points = 8,
            hints = {
                "Where does the array end? nm -S prints the address and the length of each object, both in hexadecimal.",
                "The page of an address ends at the next multiple of the page size. All bytes up to there are mapped already.",
                "The first byte that does not fit gains the page: the end of the page, less the end of the array, plus 1."
            },
            explanation =
                    "Regions are made of whole pages. The last page of an area is mapped as soon as one byte of it is "
                            + "used, and so an area grows by nothing for a while, and then by a page for a single byte.")
    void bytesThatGainAPage(Bench bench) {
        bench.predict(draw -> {
            Area area = draw.one(List.of(Area.DATA, Area.BSS));
            long amount = draw.between(3000, 9000);
            return Question.number(
                    () -> smallestGain(bench, area, amount),
                    "make -B -C sample-c modify-areas DEFINES='-D%1$s -DAMOUNT=%2$d' builds a program with an array more_%3$s."
                            + " By how many bytes, at least, must AMOUNT grow so that %4$s a page longer?",
                    area.name(),
                    amount,
                    area.name().toLowerCase(Locale.ROOT),
                    area == Area.DATA
                            ? "the row of the program's data becomes"
                            : "all rows of the program are together");
        });
    }

    /** What the file promises if the kernel keeps it; else what is found by trying. */
    private static long smallestGain(Bench bench, Area area, long amount) {
        Recipe recipe = area.larger(amount);
        long page = Area.pageSize(bench.observe(recipe));
        InFile file = InFile.of(bench.build(recipe).executable(), page);
        long before = mapped(bench, area, amount);
        long expected = file.room(file.endOf("more_" + area.name().toLowerCase(Locale.ROOT))) + 1;
        if (mapped(bench, area, amount + expected - 1) == before && mapped(bench, area, amount + expected) > before) {
            return expected;
        }
        long none = 0;
        long gains = 2 * page;
        while (gains - none > 1) {
            long middle = (none + gains) / 2;
            if (mapped(bench, area, amount + middle) > before) {
                gains = middle;
            } else {
                none = middle;
            }
        }
        return gains;
    }

    private static long mapped(Bench bench, Area area, long amount) {
        Recipe recipe = area.larger(amount);
        return area == Area.DATA
                ? Space.bytes(Space.at(bench.observe(recipe), "start"), Role.PROGRAM_DATA)
                : Area.program(bench, recipe);
    }

    @Test
    @Order(3)
    @DisplayName("Does the recursion end, or meet its limit?")
    @Exercise(
            id = "survives",
            kind = ExerciseKind.PREDICT,
            points = 6,
            hints = {
                "How much of the stack does one call need? Its buffer, and little beside it.",
                "Multiply by the depth, and compare with the limit. 1 KiB is 1024 bytes.",
                "depth * 2 KiB against the limit: more than the limit cannot be, and ends with SIGSEGV."
            },
            explanation =
                    "The stack grows by page faults, down to the lowest page that is touched; the limit is asked at each. "
                            + "Where it may not grow any more, the touch is a segmentation fault like any other.")
    void whetherTheRecursionEnds(Bench bench) {
        bench.predict(draw -> {
            long limit = 128 * draw.between(8, 32);
            long depth = depth(draw, limit);
            return Question.choice(
                    () -> ending(bench, limit, depth),
                    List.of("ends", "SIGSEGV"),
                    "labs/lab3/deep.c runs with a stack limit of %d KiB; its function, which has a buffer of 2 KiB, calls itself"
                            + " to a depth of %d. Does the program end by itself, or with SIGSEGV?",
                    limit,
                    depth);
        });
    }

    /** Well below the limit, or well above it. */
    private static long depth(Draw draw, long limitKib) {
        long full = limitKib / 2;
        return draw.one(List.of(0, 1)) == 0 ? full * draw.between(70, 82) / 100 : full * draw.between(104, 115) / 100;
    }

    private static String ending(Bench bench, long limit, long depth) {
        Analysis run = bench.observe(Recipe.of("deep: " + depth + " calls, limit " + limit + " KiB", "labs/lab3/deep.c")
                .arguments(limit, depth)
                .withAnyEnding());
        if (run.observation().ending().isSuccess()) {
            return "ends";
        }
        bench.needs(
                "SIGSEGV".equals(run.observation().ending().signal()),
                "deep could not set its limit: " + run.observation().ending().describe());
        return "SIGSEGV";
    }

    @Test
    @Order(4)
    @DisplayName("When does a growing string leave the heap?")
    @Exercise(
            id = "leaves-heap",
            kind = ExerciseKind.PREDICT,
            points = 8,
            hints = {
                "Write down the lengths: each is twice the one before. Which of them fit into the first heap?",
                "The first heap has 132 KiB, less about 3 KiB for printf's and getchar's buffers. What fits stays.",
                "The first length that does not fit is above 128 KiB here, so malloc's rule of lab 2 sends it to a mapping."
            },
            explanation =
                    "realloc makes the block longer where it lies, as long as the top behind it has room. When it has not, "
                            + "the block is large enough for a mapping of its own, and from then on realloc is mremap.")
    void whenTheStringLeavesTheHeap(Bench bench) {
        bench.predict(draw -> {
            long first = first(draw);
            return Question.number(
                    () -> Growing.inC(bench, first).leavesTheHeapAt(),
                    "extend_mem_area begins with a string of %d characters and doubles it by realloc. How many characters"
                            + " does it have when it first lies outside the heap?",
                    first);
        });
    }

    /** So that none of its doublings lies between what surely fits into the first heap and what surely does not. */
    private static long first(Draw draw) {
        return draw.between(560, 920) * draw.one(List.of(4, 8, 16));
    }

    @Test
    @Order(5)
    @DisplayName("And in Python?")
    @Exercise(
            id = "python",
            kind = ExerciseKind.PREDICT,
            points = 4,
            extra = true,
            hints = {
                "CPython asks malloc for everything above 512 bytes. What does malloc do with large requests?",
                "Each addition makes a new string while the old one is still there. The heap's free room is rarely longer than 128 KiB.",
                "The first length of the row that is above 128 KiB."
            },
            explanation =
                    "Python's strings are blocks of malloc like any other, with about 50 bytes of header. It is the C "
                            + "library that decides, in every language whose interpreter is written in C.")
    void whenThePythonStringLeavesTheHeap(Bench bench) {
        String interpreter = Growing.python(bench);
        bench.predict(draw -> {
            long first = first(draw);
            return Question.number(
                    () -> Growing.inPython(bench, interpreter, first).leavesTheHeapAt(),
                    "extend_mem_area.py begins with a string of %d characters and doubles it by adding it to itself."
                            + " How many characters does it have when it first lies outside the heap?",
                    first);
        });
    }
}
