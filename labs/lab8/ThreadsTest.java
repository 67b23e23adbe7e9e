package lab8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brkmap.check.MemoryAssertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.brkmap.analyse.Analysis;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Recipe;
import org.brkmap.model.AddressRange;
import org.brkmap.model.AllocatorCall;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab8")
@Order(8)
@DisplayName("Every thread has a stack, and most have an arena")
class ThreadsTest {
    private static final long KIB = Stacks.KIB;
    private static final int COUNT = 3;
    private static final long BLOCK = 1000;

    static final Recipe STACKS = Recipe.of(
                    "thread_stacks: three threads that wait", "sample-c/thread_stacks/thread_stacks.c")
            .flags("-pthread")
            .arguments(COUNT);

    static final Recipe ARENAS = Recipe.of("arenas: three threads that call malloc", "sample-c/arenas/arenas.c")
            .flags("-pthread")
            .define("SIZE", BLOCK)
            .arguments(COUNT, "together");

    @Test
    @Order(1)
    @DisplayName("Each thread's stack pointer lies in a mapping of its own, with a guard below")
    @Exercise(id = "thread-stacks", kind = ExerciseKind.OBSERVE, points = 2)
    void eachThreadHasAStackAndAGuard(Bench bench) {
        Analysis run = bench.observe(STACKS);
        Snapshot wait = Stacks.at(run, "all wait");
        List<ThreadStack> stacks = ThreadStack.all(run, wait);
        assertThat(stacks).as("threads beside the first").hasSize(COUNT);
        List<String> findings = new ArrayList<>();
        for (ThreadStack stack : stacks) {
            assertThat(stack.guard().length())
                    .as("bytes of the guard of " + stack.thread().name())
                    .isPositive();
            assertThat(stacks.stream().filter(other -> other.mapped().overlaps(stack.mapped())))
                    .as("stacks that share an address with that of "
                            + stack.thread().name() + ": itself alone")
                    .hasSize(1);
            assertThat(Stacks.resident(stack.row()))
                    .as("bytes of it in memory: a thread that waits touches few")
                    .isBetween(1L, stack.usable().length() / 8);
            findings.add(String.format(
                    "%s: %d KiB, guard of %d KiB below, %d KiB in memory",
                    stack.thread().name(),
                    stack.usable().length() / KIB,
                    stack.guard().length() / KIB,
                    Stacks.resident(stack.row()) / KIB));
        }
        assertThat(Stacks.stack(wait).range().contains(Stacks.pointer(wait)))
                .as("the first thread's stack pointer lies in [stack]")
                .isTrue();
        bench.found("%s", String.join("\n", findings));
    }

    @Test
    @Order(2)
    @DisplayName("It is as large as the limit was when the program began")
    @Exercise(id = "ulimit", kind = ExerciseKind.OBSERVE, points = 1)
    void itIsAsLargeAsTheLimitWas(Bench bench) {
        Stacks.needsLimit(bench, 3000);
        for (long kib : new long[] {1024, 3000}) {
            Analysis run = bench.observe(
                    STACKS.named("thread_stacks, after ulimit -s " + kib).ulimit("-S -s " + kib));
            bench.needsGlibc(run);
            for (ThreadStack stack : ThreadStack.all(run, Stacks.at(run, "all wait"))) {
                assertThat(stack.usable().length())
                        .as("bytes of the stack of %s", stack.thread().name())
                        .isEqualTo(kib * KIB);
            }
        }
        bench.found("after ulimit -s 1024 each has 1024 KiB, after ulimit -s 3000 each has 3000 KiB");
    }

    @Test
    @Order(3)
    @DisplayName("The mappings stay when the threads have ended: the library keeps stacks for the next ones")
    void stacksStayAfterTheirThreads(Bench bench) {
        Analysis run = bench.observe(STACKS.named("thread_stacks, 256 KiB each").arguments(256));
        bench.needsGlibc(run);
        Snapshot joined = Stacks.at(run, "joined");
        assertThat(joined.threads()).as("threads that are left").hasSize(1);
        for (ThreadStack stack : ThreadStack.all(run, Stacks.at(run, "all wait"))) {
            assertThat(joined).covers(stack.mapped());
        }
        bench.found("%d threads have ended, and their stacks are still mapped", COUNT);
    }

    @Test
    @Order(4)
    @DisplayName("Each thread that calls malloc gets an arena: a little heap, and a reserve without access")
    void eachThreadGetsAnArena(Bench bench) {
        Analysis run = bench.observe(ARENAS);
        bench.needsGlibc(run);
        Snapshot all = Stacks.at(run, "all have one");
        List<AllocatorCall> blocks = Blocks.ofThreads(run, BLOCK);
        assertThat(blocks).as("blocks that the threads took").hasSize(COUNT);
        List<AddressRange> arenas = blocks.stream()
                .map(block -> arena(all, block.result()))
                .distinct()
                .toList();
        assertThat(arenas).as("arenas that the blocks lie in").hasSize(COUNT);
        long length = arenas.get(0).length();
        for (AddressRange arena : arenas) {
            assertThat(arena.length())
                    .as("bytes of each arena, with its reserve")
                    .isEqualTo(length);
            assertThat(arena.start() % length)
                    .as("where it starts, over a multiple of its length")
                    .isZero();
        }
        bench.fact("bytes of an arena with its reserve", length);
        bench.found(
                "%d arenas of %d MiB, of which %d KiB can be written",
                COUNT,
                length / KIB / KIB,
                all.mappingAt(blocks.get(0).result()).orElseThrow().size() / KIB);
    }

    /** The row that holds the block, and the row without access above it. */
    private static AddressRange arena(Snapshot snapshot, long block) {
        assertThat(snapshot).regionHolding(block).hasRole(Role.ARENA).hasPermissions("rw-p");
        Mapping heap = snapshot.mappingAt(block).orElseThrow();
        assertThat(snapshot)
                .regionHolding(heap.range().end())
                .hasRole(Role.ARENA)
                .hasPermissions("---p");
        return new AddressRange(
                heap.range().start(),
                snapshot.mappingAt(heap.range().end()).orElseThrow().range().end());
    }
}
