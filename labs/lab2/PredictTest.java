package lab2;

import java.util.List;
import org.brkmap.analyse.Analysis;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Question;
import org.brkmap.lab.Recipe;
import org.brkmap.model.MemoryEvent;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab2")
@Order(1)
@DisplayName("Predict: answer before you look")
class PredictTest {
    private static final long KIB = 1024;
    private static final long PAGE_AT_LEAST = 4096;
    private static final List<String> WAYS = List.of("heap", "mmap");

    @Test
    @Order(1)
    @DisplayName("How often does the break move?")
    @Exercise(
            id = "moves",
            kind = ExerciseKind.PREDICT,
            points = 8,
            hints = {
                "Each move makes room for more than one block. What does glibc add to what it needs?",
                "A move makes room for the chunk and 128 KiB more (the top pad). Count how many blocks fit before the next.",
                "The first heap has 132 KiB, less about 2.5 KiB for printf's and getchar's buffers. "
                        + "A chunk is cut from it while it fits; if not, the break moves by chunk + 128 KiB - what is left, "
                        + "in whole pages. Go through the ten blocks with pencil and paper."
            },
            explanation = "malloc asks the kernel for more than it needs: the chunk, and 128 KiB of top pad. "
                    + "So the next blocks come without a system call, and a program's speed does not hang on brk(2).")
    void howOftenTheBreakMoves(Bench bench) {
        bench.predict(draw -> {
            long size = KIB * draw.between(20, 31);
            return Question.number(
                    () -> moves(Blocks.run(size, bench)),
                    "alloc_size takes %d blocks of %d bytes, one at each key. "
                            + "How often does malloc move the program break for them, after the first prompt?",
                    Blocks.STEPS,
                    size);
        });
    }

    private static long moves(Analysis run) {
        return Blocks.movesOfTheBreak(run).stream()
                .filter(event -> event.seq() >= Blocks.at(run, Blocks.FIRST_KEY).eventsBefore())
                .count();
    }

    @Test
    @Order(2)
    @DisplayName("Which way does a first large request go?")
    @Exercise(
            id = "first-large",
            kind = ExerciseKind.PREDICT,
            points = 6,
            hints = {
                "Two things decide: the size, and whether there is room already.",
                "The heap does not exist yet; its first top is made larger than the request that makes it. How large?",
                "A new heap begins with 132 KiB, of which a few hundred bytes are taken. "
                        + "A request whose chunk still fits comes from there, whatever the mmap threshold is."
            },
            explanation = "malloc looks for room first, and only if there is none does the size decide. "
                    + "The first heap has 132 KiB, so it serves requests that are above the threshold of 128 KiB.")
    void whichWayAFirstLargeRequestGoes(Bench bench) {
        bench.predict(draw -> {
            long bytes = draw.one(List.of(129 * KIB, 130 * KIB, 131 * KIB, 132 * KIB, 133 * KIB, 134 * KIB))
                    + draw.between(1, 100);
            Recipe recipe = Threshold.FRESH.request(bytes);
            return Question.choice(
                    () -> wayOfFirst(bench, recipe, bytes),
                    WAYS,
                    "The first request of a new process is malloc(%d). Where does the block come from?",
                    bytes);
        });
    }

    private static String wayOfFirst(Bench bench, Recipe recipe, long bytes) {
        Glibc.needed(bench);
        return Threshold.way(bench.observe(recipe), bytes) == Threshold.Way.HEAP ? "heap" : "mmap";
    }

    @Test
    @Order(3)
    @DisplayName("How long is the mapping?")
    @Exercise(
            id = "mapped-length",
            kind = ExerciseKind.PREDICT,
            points = 8,
            hints = {
                "A mapping is made of whole pages, and holds more than the block.",
                "Before the block lie 8 bytes with its size, and a mapped chunk needs another word of 8 bytes.",
                "Round the request + 8 up to a multiple of 16; add 8; round that up to whole pages."
            },
            explanation =
                    "The mapping holds a chunk (the block and its header, in multiples of 16 bytes) and one word more, "
                            + "in whole pages. So a request of exactly n pages needs n + 1.")
    void howLongTheMappingIs(Bench bench) {
        bench.predict(draw -> {
            long size = PAGE_AT_LEAST * draw.between(66, 120) - draw.between(0, 40);
            return Question.number(
                    () -> mapped(Blocks.run(size, bench), size),
                    "malloc(%d) is served by mmap. How many bytes long is the mapping?",
                    size);
        });
    }

    private static long mapped(Analysis run, long size) {
        return run.observation().events().stream()
                .filter(event -> event.call().equals("mmap") && Threshold.isFor(event, size))
                .map(event -> event.arg(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("malloc(" + size + ") was not mapped here"));
    }

    @Test
    @Order(4)
    @DisplayName("By how much does the heap shrink?")
    @Exercise(
            id = "last-freed",
            kind = ExerciseKind.PREDICT,
            points = 8,
            hints = {
                "The block freed is the last one, so it joins the free room at the end of the heap. Is that enough?",
                "The heap shrinks only if the top, with the block, has 128 KiB or more. What was left at the top before?",
                "Go through the ten blocks as for \"moves\" to find what is left at the top, beginning with what "
                        + "glibc takes before the first (ltrace shows it); add the freed chunk; "
                        + "below 128 KiB nothing happens, else all but 128 KiB goes back, in whole pages rounded down."
            },
            explanation =
                    "free gives memory of the heap back only from its end, and only if the top has reached the trim "
                            + "threshold; it then keeps one top pad. So it depends on what was left there before.")
    void byHowMuchTheHeapShrinks(Bench bench) {
        bench.predict(draw -> {
            long size = KIB * draw.between(70, 95);
            return Question.number(
                    () -> shrinkage(Blocks.run(size, bench)),
                    "alloc_size takes %d blocks of %d bytes and frees the last. By how many bytes does the heap shrink then?",
                    Blocks.STEPS,
                    size);
        });
    }

    @Test
    @Order(5)
    @DisplayName("Where does the next block go, after a large one was freed?")
    @Exercise(
            id = "after-free",
            kind = ExerciseKind.PREDICT,
            points = 6,
            extra = true,
            hints = {
                "free of a mapped block does more than unmap it; see M_MMAP_THRESHOLD in mallopt(3).",
                "The threshold adapts: a program that frees a block of a size will probably want one again.",
                "When a mapped block of up to 32 MiB is freed, the threshold rises to its size. Compare the next request with it."
            },
            explanation =
                    "glibc's threshold is dynamic: free of a mapped block raises it to that block's size, because such "
                            + "blocks come and go, and mapping is slow. So the same request can go another way later in the program.")
    void whereTheNextBlockGoes(Bench bench) {
        bench.predict(draw -> {
            long freed = KIB * draw.between(600, 900);
            long next = draw.one(List.of(freed - KIB * draw.between(50, 300), freed + KIB * draw.between(50, 300)));
            return Question.choice(
                    () -> BlocksMap.wayOfSecond(bench, freed, next),
                    WAYS,
                    "A program takes 1000 bytes and then %d, frees the latter, and asks for %d. Where does that come from?",
                    freed,
                    next);
        });
    }

    @Test
    @Order(6)
    @DisplayName("Does the order of the frees matter?")
    @Exercise(
            id = "order",
            kind = ExerciseKind.PREDICT,
            points = 4,
            extra = true,
            hints = {
                "All blocks are freed in both orders. Yet small freed chunks are kept for the next malloc of their size.",
                "Up to seven chunks of each small size wait in a cache, and look as if they were in use. Where do those lie?",
                "The first seven that are freed stay in the cache. If they are the last blocks of the heap, they stand "
                        + "between all the free room and its end."
            },
            explanation =
                    "The first seven freed go to the thread's cache (tcache) and still count as used. Freed last-first they lie at "
                            + "the end of the heap, and nothing below them can go back to the kernel.")
    void theOrderOfTheFrees(Bench bench) {
        bench.predict(draw -> {
            long count = draw.between(900, 1200);
            long size = 8 * draw.between(110, 126);
            return Question.choice(
                    () -> largerHeap(bench, count, size),
                    List.of("first-first", "last-first", "same"),
                    "A program takes %d blocks of %d bytes, and frees them all: the first one first, or the last one first. "
                            + "After which is the heap larger?",
                    count,
                    size);
        });
    }

    private static String largerHeap(Bench bench, long count, long size) {
        Glibc.needed(bench);
        long forwards = heapAfter(bench, count, size, "first-first");
        long backwards = heapAfter(bench, count, size, "last-first");
        return forwards == backwards ? "same" : forwards > backwards ? "first-first" : "last-first";
    }

    private static long heapAfter(Bench bench, long count, long size, String order) {
        Analysis run =
                bench.observe(Recipe.of("order: " + count + " of " + size + " bytes, " + order, "labs/lab2/order.c")
                        .arguments(count, size, order));
        return Blocks.heapSize(run, "freed");
    }

    /** By how much free moved the break down. */
    private static long shrinkage(Analysis run) {
        long before = 0;
        long shrunk = 0;
        for (MemoryEvent event : run.observation().events()) {
            if (!event.call().equals("brk") || !event.succeeded()) {
                continue;
            }
            if (event.cause() != null && event.cause().operation().equals("free") && event.result() < before) {
                shrunk += before - event.result();
            }
            before = event.result();
        }
        return shrunk;
    }
}
