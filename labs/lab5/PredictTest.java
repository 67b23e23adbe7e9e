package lab5;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Question;
import org.brkmap.lab.Recipe;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab5")
@Order(2)
@DisplayName("Predict: answer before you look")
class PredictTest {
    private static final List<String> GOES_BACK = List.of("nothing", "memory", "both");

    @Test
    @Order(1)
    @DisplayName("What goes back to the kernel?")
    @Exercise(
            id = "pinned",
            kind = ExerciseKind.PREDICT,
            points = 6,
            hints = {
                "free shortens the heap from its end only. What lies at the end?",
                "malloc_trim(3) can do what free does not: it also tells the kernel of whole pages in the middle.",
                "Small block below: both. Small block above: nothing by free alone, and the memory with malloc_trim."
            },
            explanation =
                    "The program break is one number, so addresses go back from the end only. Pages can be given up "
                            + "anywhere (madvise), and malloc_trim does that for every hole that holds a whole page.")
    void whatGoesBack(Bench bench) {
        bench.predict(draw -> {
            boolean pin = draw.between(0, 2) > 0;
            boolean trim = draw.between(0, 1) == 0;
            long blocks = draw.between(300, 900);
            long bytes = draw.between(15_000, 25_000);
            return Question.choice(
                    () -> Heap.goesBack(bench.observe(Heap.pinned(pin, blocks, bytes)), trim ? "trimmed" : "freed"),
                    GOES_BACK,
                    "%d blocks of %d bytes lie in the heap, and a small one that was taken %s them. "
                            + "The program frees all but the small one%s. What goes back to the kernel: nothing, "
                            + "memory (pages, but no addresses), or both?",
                    blocks,
                    bytes,
                    pin ? "after" : "before",
                    trim ? ", and calls malloc_trim(0)" : "");
        });
    }

    @Test
    @Order(2)
    @DisplayName("More than mallinfo can count")
    @Exercise(
            id = "wraps",
            kind = ExerciseKind.PREDICT,
            points = 5,
            extra = true,
            hints = {
                "The fields of struct mallinfo are ints: 32 bits, one of them a sign.",
                "Each block has a mapping of its own, which is a page longer than the block.",
                "blocks × (256 MiB + 4096), less 2^32 as often as it takes to lie between -2^31 and 2^31."
            },
            explanation =
                    "mallinfo was made for int, and keeps the low 32 bits of each sum: nonsense from 2 GiB on, and small "
                            + "right-looking numbers from 4 GiB on. mallinfo2 (glibc 2.33) has the same fields as size_t.")
    void moreThanItCanCount(Bench bench) {
        bench.predict(draw -> {
            long blocks = draw.between(9, 23);
            return Question.number(
                    () -> told(bench, blocks),
                    "A program has %d blocks of 256 MiB from malloc, each in a mapping of its own. "
                            + "What does mallinfo(3) say in hblkhd, the bytes in such mappings?",
                    blocks);
        });
    }

    /** What mallinfo says in a program of ours, which runs without the limit on memory that observed programs have. */
    private static long told(Bench bench, long blocks) {
        Recipe recipe = Recipe.of("wraps", "labs/lab5/wraps.c");
        try {
            ToolResult result = Tool.of(bench.build(recipe).executable().toString(), Long.toString(blocks))
                    .run();
            bench.needs(
                    result.succeeded(),
                    "so much memory cannot be mapped here: " + result.stderr().strip());
            String[] words = result.stdout().strip().split(" ");
            assertThat(Long.parseLong(words[1]))
                    .as("what mallinfo2 says in hblkhd")
                    .isGreaterThanOrEqualTo(blocks << 28);
            return Long.parseLong(words[0]);
        } catch (IOException e) {
            throw bench.notChecked(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw bench.notChecked("interrupted");
        }
    }
}
