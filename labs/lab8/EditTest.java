package lab8;

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
import org.brkmap.model.Snapshot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab8")
@Order(4)
@DisplayName("Change programs")
class EditTest {
    private static final String FOLDER = "labs/lab8/";
    private static final long KIB = Stacks.KIB;
    private static final long MIB = 1024 * KIB;

    @Test
    @Order(1)
    @DisplayName("Raise the limit from within")
    @Exercise(
            id = "raise",
            kind = ExerciseKind.MODIFY,
            points = 9,
            hints = {
                "Where did it die, and how large was [stack] then? The limit is asked at each growth, not when the program starts.",
                "getrlimit(2) and setrlimit(2) with RLIMIT_STACK; a program may raise its soft limit up to the hard one.",
                "struct rlimit r; getrlimit(RLIMIT_STACK, &r); r.rlim_cur = 16 * 1024 * 1024; setrlimit(RLIMIT_STACK, &r);"
            },
            explanation =
                    "The kernel compares with the soft limit at each page fault below the row, so a new limit holds at "
                            + "once. A thread's stack is another matter: it was mapped as long as it will ever be.")
    void raiseTheLimit(Bench bench) {
        bench.edited(FOLDER + "raise.c", "raise the limit of the stack, so that the recursion comes back");
        Stacks.needsLimit(bench, 16 * KIB);
        bench.lookAt("Your turn.");
        Analysis run = bench.observe(
                Recipe.of("raise, as you changed it", FOLDER + "raise.c").ulimit("-S -s 2048"));
        Snapshot deepest = Stacks.at(run, "deepest");
        long end = Stacks.stack(deepest).range().end();
        assertThat(end - Stacks.pointer(deepest))
                .as("bytes from the end of [stack] down to the stack pointer, at \"deepest\"")
                .isBetween(12 * MIB, Stacks.stack(deepest).size());
        assertThat(Stacks.resident(run, "deepest"))
                .as("bytes of [stack] in memory at \"deepest\"")
                .isGreaterThanOrEqualTo(12 * MIB);
        assertThat(Stacks.stack(Stacks.at(run, "back")).range().end() - Stacks.pointer(Stacks.at(run, "back")))
                .as("bytes from the end of [stack] down to the stack pointer, at \"back\"")
                .isLessThan(MIB);
        bench.found("[stack] went from %d to %d KiB", Stacks.size(run, "before") / KIB, Stacks.size(run, "back") / KIB);
    }

    @Test
    @Order(2)
    @DisplayName("From the stack to the heap")
    @Exercise(
            id = "table",
            kind = ExerciseKind.MODIFY,
            points = 9,
            hints = {
                "The function's frame holds the whole table. What should it hold instead?",
                "A pointer; the table itself comes from malloc, and goes by free in the same function, after the sum.",
                "Make table a pointer, and let malloc(ENTRIES) fill it, with a check for NULL; free(table) before return sum."
            },
            explanation = "A stack is for what is small and lives as long as a call. The heap has no limit of 8 MiB, "
                    + "says NULL when it has no more, and leaves it to you to give it back.")
    void fromTheStackToTheHeap(Bench bench) {
        bench.edited(FOLDER + "table.c", "take the table from the heap, and give it back");
        Stacks.needsLimit(bench, 8 * KIB);
        bench.lookAt("char table[ENTRIES]");
        Analysis run = bench.observe(
                Recipe.of("table, as you changed it", FOLDER + "table.c").ulimit("-S -s 8192"));
        long size = 16 * MIB;
        AllocatorCall table = Blocks.atLeast(run, size);
        bench.parts(
                Part.of(5, () -> {
                    assertThat(Stacks.size(run, "filled"))
                            .as("bytes of [stack] at \"filled\"")
                            .isLessThan(MIB);
                    assertThat(run)
                            .snapshot("filled")
                            .regionHolding(table.result())
                            .hasResidentAtLeast(size);
                }),
                Part.of(4, () -> {
                    assertThat(run)
                            .snapshot("filled")
                            .regionHolding(table.result())
                            .hasResidentAtLeast(size);
                    assertThat(Blocks.freed(run))
                            .as("addresses that were freed, of which one should be the table's")
                            .contains(table.result());
                    assertThat(Stacks.at(run, "done").mappingAt(table.result()))
                            .as("the row that held the table, at \"done\"")
                            .isEmpty();
                }));
        bench.found("%d KiB from the heap, and given back", size / KIB);
    }

    @Test
    @Order(3)
    @DisplayName("Stacks made to measure")
    @Exercise(
            id = "attr",
            kind = ExerciseKind.MODIFY,
            points = 10,
            hints = {
                "The second argument of pthread_create is a pointer to attributes; NULL takes the defaults.",
                "pthread_attr_init once for each thread, then pthread_attr_setstacksize; pthread_attr_setguardsize for one of them.",
                "In the loop: pthread_attr_t a; pthread_attr_init(&a); pthread_attr_setstacksize(&a, sizes[i]); "
                        + "if (i == 2) pthread_attr_setguardsize(&a, 1 << 20); and &a in place of NULL."
            },
            explanation =
                    "The library maps stack and guard in one piece before the thread begins. That stack never grows: "
                            + "too small is an overflow, too large costs addresses and no memory.")
    void stacksMadeToMeasure(Bench bench) {
        bench.edited(FOLDER + "attr.c", "give each thread a stack of the size that the comment asks for");
        bench.lookAt("pthread_create(");
        Analysis run = bench.observe(
                Recipe.of("attr, as you changed it", FOLDER + "attr.c").flags("-pthread"));
        // Others map a thread's own variables beside the stack that was asked for.
        bench.needsGlibc(run);
        bench.parts(
                Part.of(3, () -> isOfSize(run, "small", 64 * KIB)),
                Part.of(3, () -> isOfSize(run, "middle", 512 * KIB)),
                Part.of(4, () -> {
                    isOfSize(run, "large", 32 * MIB);
                    assertThat(ThreadStack.named(run, Stacks.at(run, "all wait"), "large")
                                    .guard()
                                    .length())
                            .as("bytes of the guard below the stack of \"large\"")
                            .isEqualTo(MIB);
                }));
        bench.found("64 KiB, 512 KiB, and 32 MiB with a guard of 1 MiB");
    }

    private static void isOfSize(Analysis run, String name, long bytes) {
        assertThat(ThreadStack.named(run, Stacks.at(run, "all wait"), name)
                        .usable()
                        .length())
                .as("bytes of the stack of \"%s\", without its guard", name)
                .isEqualTo(bytes);
    }

    @Test
    @Order(4)
    @DisplayName("Run out of stack, and of nothing else")
    @Exercise(
            id = "fall",
            kind = ExerciseKind.MODIFY,
            points = 6,
            extra = true,
            hints = {
                "What ends the recursion? A volatile variable keeps the compiler from seeing through you.",
                "It must go on for more than a thousand calls of a little more than 1 KiB each.",
                "depth < 10000 in place of depth < 10."
            },
            explanation = "The kernel sends SIGSEGV when a touch below [stack] would make it longer than the limit. "
                    + "The address at fault is what tells it from other crashes: it lies right below the row.")
    void runOutOfStack(Bench bench) {
        bench.edited(FOLDER + "fall.c", "let the recursion meet the limit of the stack");
        Stacks.needsLimit(bench, KIB);
        bench.lookAt("your turn");
        Analysis run = bench.observe(Recipe.of("fall, as you changed it", FOLDER + "fall.c")
                .ulimit("-s 1024")
                .withAnyEnding());
        Overflow overflow = Overflow.of(run).metLimit(MIB);
        bench.found(
                "SIGSEGV %d bytes below [stack], which had %d KiB",
                overflow.stack().range().start() - overflow.touched(),
                overflow.stack().size() / KIB);
    }

    @Test
    @Order(5)
    @DisplayName("One arena for all")
    @Exercise(
            id = "one-arena",
            kind = ExerciseKind.MODIFY,
            points = 8,
            extra = true,
            hints = {
                "An arena for each thread keeps threads from waiting for one another. How many there may be is a parameter.",
                "mallopt(3) has M_ARENA_MAX; it counts the main arena, which is [heap].",
                "mallopt(M_ARENA_MAX, 1); before the first thread is started."
            },
            explanation = "With one arena all threads share [heap] and its lock: less address space, more waiting. "
                    + "The reserve costs addresses only, until a limit like ulimit -v counts them.")
    void oneArenaForAll(Bench bench) {
        bench.edited(FOLDER + "one_arena.c", "let the four threads' blocks come from [heap]");
        // Arenas are glibc's, and so is the name of their parameter, without which nothing compiles.
        bench.needsGlibc(bench.observe(
                Recipe.of("which C library", "sample-c/quiet/quiet.c").notKept()));
        bench.lookAt("Your turn.");
        Analysis run = bench.observe(Recipe.of("one_arena, as you changed it", FOLDER + "one_arena.c")
                .flags("-pthread"));
        Snapshot all = Stacks.at(run, "all have one");
        List<AllocatorCall> blocks = Blocks.ofThreads(run, 4000);
        assertThat(blocks.stream().map(AllocatorCall::tid).distinct().count())
                .as("threads that called malloc(4000)")
                .isEqualTo(4);
        assertThat(ThreadStack.all(run, all).stream()
                        .map(stack -> stack.thread().tid())
                        .toList())
                .as("the threads that wait at \"all have one\"")
                .containsAll(blocks.stream().map(AllocatorCall::tid).toList());
        for (AllocatorCall block : blocks) {
            assertThat(run)
                    .snapshot("all have one")
                    .regionHolding(block.result())
                    .hasRole(Role.HEAP);
        }
        assertThat(run).snapshot("all have one").hasNo(Role.ARENA);
        bench.found("%d blocks, all in [heap]", blocks.size());
    }
}
