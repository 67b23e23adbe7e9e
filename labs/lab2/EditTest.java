package lab2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brkmap.check.MemoryAssertions.assertThat;

import java.util.List;
import org.brkmap.analyse.Analysis;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Part;
import org.brkmap.lab.Recipe;
import org.brkmap.model.AllocatorCall;
import org.brkmap.model.Role;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab2")
@Order(4)
@DisplayName("Change programs")
class EditTest {
    private static final String FOLDER = "labs/lab2/";
    private static final long KIB = 1024;

    @Test
    @Order(1)
    @DisplayName("Change the size, and see mmap")
    @Exercise(
            id = "grow",
            kind = ExerciseKind.MODIFY,
            points = 6,
            hints = {
                "Run it with the size as it is: which call made the heap longer?",
                "The first top of a heap serves what fits into it; how large must a block be that never fits?",
                "More than 132 KiB is mapped even as a first request: try 256 * 1024."
            },
            explanation =
                    "Each block that does not fit into the heap's top and is above the threshold is a mapping of its own, "
                            + "made by one mmap and taken away by one munmap at free.")
    void growUntilMapped(Bench bench) {
        bench.edited(FOLDER + "grow.c", "change SIZE so that each of the four blocks gets a mapping of its own");
        bench.lookAt("#define SIZE");
        Analysis run = bench.observe(Recipe.of("grow, as you changed it", FOLDER + "grow.c"));
        List<AllocatorCall> blocks = Blocks.taken(run, "before", "taken");
        assertThat(blocks.size())
                .as("calls of malloc between \"before\" and \"taken\"")
                .isEqualTo(4);
        assertThat(run).changesBetween("before", "taken").leftAlone(Role.HEAP);
        var calls = assertThat(run).traceBetween("before", "taken");
        calls.calls("mmap").causedBy("malloc").hasCount(blocks.size()).allSucceeded();
        for (AllocatorCall block : blocks) {
            assertThat(run).snapshot("taken").regionHolding(block.result()).hasRole(Role.ANONYMOUS);
        }
        assertThat(run)
                .traceBetween("taken", "freed")
                .calls("munmap")
                .causedBy("free")
                .hasCount(blocks.size());
        bench.found("%d blocks, %d mappings", blocks.size(), blocks.size());
    }

    @Test
    @Order(2)
    @DisplayName("Move the threshold: 100 KiB mapped, 256 KiB in the heap")
    @Exercise(
            id = "mallopt",
            kind = ExerciseKind.MODIFY,
            points = 8,
            hints = {
                "mallopt(3) has a parameter for the size from which on requests are mapped.",
                "It takes effect for the requests after it: set it low before the one, and high before the other.",
                "mallopt(M_MMAP_THRESHOLD, 64 * 1024) at the first place; the same with 1024 * 1024 at the second."
            },
            explanation =
                    "The threshold is a variable of malloc's, not a law. A program that sets it also switches off that it "
                            + "adapts by itself.")
    void moveTheThreshold(Bench bench) {
        bench.edited(
                FOLDER + "mallopt.c", "call mallopt at the two places, so that 100 KiB is mapped and 256 KiB is not");
        Glibc.needed(bench);
        bench.lookAt("first place");
        Analysis run = bench.observe(Recipe.of("mallopt, as you changed it", FOLDER + "mallopt.c"));
        bench.parts(Part.of(4, () -> smallIsMapped(run, bench)), Part.of(4, () -> largeIsInTheHeap(run, bench)));
        bench.found("100 KiB mapped, 256 KiB in the heap");
    }

    private static void smallIsMapped(Analysis run, Bench bench) {
        AllocatorCall small = only(run, 100 * KIB, "before small", "small taken");
        bench.lookAt("first place");
        assertThat(run).snapshot("small taken").regionHolding(small.result()).hasRole(Role.ANONYMOUS);
        assertThat(run)
                .traceBetween("before small", "small taken")
                .causedByRequestOf(100 * KIB)
                .calls("mmap")
                .hasCount(1);
    }

    private static void largeIsInTheHeap(Analysis run, Bench bench) {
        AllocatorCall large = only(run, 256 * KIB, "before large", "large taken");
        bench.lookAt("second place");
        assertThat(run)
                .traceBetween("before large", "large taken")
                .causedByRequestOf(256 * KIB)
                .calls("mmap")
                .isEmpty();
        assertThat(run).snapshot("large taken").regionHolding(large.result()).hasRole(Role.HEAP);
    }

    private static AllocatorCall only(Analysis run, long size, String from, String to) {
        List<AllocatorCall> calls = Blocks.taken(run, from, to).stream()
                .filter(call -> Long.valueOf(size).equals(call.call().size()))
                .toList();
        assertThat(calls.size())
                .as("calls of malloc(%d) between \"%s\" and \"%s\"", size, from, to)
                .isEqualTo(1);
        return calls.get(0);
    }

    @Test
    @Order(3)
    @DisplayName("Mend the leak")
    @Exercise(
            id = "leak",
            kind = ExerciseKind.MODIFY,
            points = 12,
            hints = {
                "A block can only be freed by its address. Who knows the addresses of the first nineteen?",
                "One pointer is overwritten in every turn of the loop. Keep them all: an array of BLOCKS pointers.",
                "blocks[i] = malloc(...) in the loop; after the checkpoint \"used\" a second loop with free(blocks[i])."
            },
            explanation = "A leak is a block whose address is lost. In the small ones the heap stays long; "
                    + "each large one keeps a mapping, so the address space tells of it.")
    void mendTheLeak(Bench bench) {
        bench.edited(FOLDER + "leak.c", "free all twenty blocks, with the same requests before");
        bench.lookAt("free(");
        Analysis run = bench.observe(Recipe.of("leak, as you changed it", FOLDER + "leak.c"));
        List<AllocatorCall> blocks = Leak.requests(run);
        bench.parts(
                Part.of(6, () -> Leak.areFreed(run, Leak.large(blocks))),
                Part.of(6, () -> Leak.areFreed(run, Leak.small(blocks))));
        bench.found("%d blocks taken, written to, and freed", blocks.size());
    }

    @Test
    @Order(4)
    @DisplayName("Keep the heap from shrinking, and let it shrink")
    @Exercise(
            id = "trim",
            kind = ExerciseKind.MODIFY,
            points = 10,
            after = {"last-freed"},
            extra = true,
            hints = {
                "free gives memory back when the top is long enough. Which parameter of mallopt(3) says how long?",
                "Set it above everything the program takes. What gives the memory back without a free is malloc_trim(3).",
                "mallopt(M_TRIM_THRESHOLD, 64 * 1024 * 1024) at the first place, malloc_trim(0) at the second."
            },
            explanation =
                    "Giving memory back costs a system call, and taking it again costs one and a fault for each page. "
                            + "A program that knows it will need it again can say so.")
    void keepAndLetGo(Bench bench) {
        bench.edited(
                FOLDER + "trim.c", "keep the heap as long as it was while the blocks are freed, then give it back");
        Glibc.needed(bench);
        bench.lookAt("first place");
        Analysis run = bench.observe(Recipe.of("trim, as you changed it", FOLDER + "trim.c"));
        long blocks = 32 * KIB * Trim.BLOCKS;
        Trim.takesAndFreesAll(run);
        bench.parts(
                Part.of(5, () -> {
                    bench.lookAt("first place");
                    assertThat(Blocks.heapSize(run, "freed"))
                            .as(
                                    "bytes of the heap when all blocks are freed, against %d when it was full",
                                    Blocks.heapSize(run, "full"))
                            .isGreaterThanOrEqualTo(Blocks.heapSize(run, "full"));
                }),
                Part.of(5, () -> {
                    bench.lookAt("second place");
                    assertThat(Blocks.heapSize(run, "freed") - Blocks.heapSize(run, "given back"))
                            .as("bytes given back between \"freed\" and \"given back\"")
                            .isGreaterThan(blocks / 2);
                }));
        bench.found(
                "heap: %d KiB full, %d KiB freed, %d KiB given back",
                Blocks.heapSize(run, "full") / KIB,
                Blocks.heapSize(run, "freed") / KIB,
                Blocks.heapSize(run, "given back") / KIB);
    }
}
