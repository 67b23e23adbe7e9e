package lab8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.brkmap.analyse.Analysis;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Recipe;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Snapshot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab8")
@Order(7)
@DisplayName("Where a stack ends")
class OverflowTest {
    private static final long KIB = Stacks.KIB;
    private static final String SOURCE = "sample-c/overflow/overflow.c";

    @Test
    @Order(1)
    @DisplayName("At its limit, to the page: SIGSEGV right below the row")
    @Exercise(id = "limit-met", kind = ExerciseKind.OBSERVE, points = 3)
    void theLimitIsMetExactly(Bench bench) {
        Stacks.needsLimit(bench, 1030);
        long page = bench.observe(overflow(1024)).observation().host().pageSize();
        for (long kib : new long[] {1024, 1030}) {
            Overflow overflow = Overflow.of(bench.observe(overflow(kib))).metLimit(kib * KIB);
            assertThat(overflow.stack().size())
                    .as("bytes of [stack] when it died, with a limit of %d KiB: whole pages", kib)
                    .isEqualTo(kib * KIB / page * page);
        }
        Overflow overflow = Overflow.of(bench.observe(overflow(1024)));
        bench.found(
                "with 1024 KiB: [stack] had %d KiB and began at %s; the touch at %s was %d bytes below",
                overflow.stack().size() / KIB,
                AddressRange.hex(overflow.stack().range().start()),
                AddressRange.hex(overflow.touched()),
                overflow.stack().range().start() - overflow.touched());
    }

    @Test
    @Order(2)
    @DisplayName("Before its limit, at a distance from what lies below: the guard gap")
    @Exercise(id = "guard-gap", kind = ExerciseKind.OBSERVE, points = 2)
    void theGuardGap(Bench bench) {
        Stacks.needsLimit(bench, 8 * KIB);
        Overflow near = Overflow.of(bench.observe(gap(2500)));
        Overflow far = Overflow.of(bench.observe(gap(3500)));
        for (Overflow overflow : new Overflow[] {near, far}) {
            assertThat(overflow.stack().size())
                    .as("bytes of [stack] when it died, with a limit of 8 MiB")
                    .isLessThan(4000 * KIB);
        }
        assertThat(far.stack().size())
                .as("bytes of [stack], with more room below")
                .isGreaterThan(near.stack().size());
        assertThat(near.gap()).as("bytes between [stack] and the mapping below").isGreaterThan(near.page());
        assertThat(far.gap()).as("the same, with more room below").isEqualTo(near.gap());
        bench.fact("stack guard gap, bytes", near.gap());
        bench.found("%d KiB stay free between [stack] and a mapping below; maps shows nothing there", near.gap() / KIB);
    }

    @Test
    @Order(3)
    @DisplayName("In a thread, at the guard: a page that is mapped without access")
    void aThreadMeetsItsGuard(Bench bench) {
        Analysis run = bench.observe(Recipe.of("overflow: a thread with 256 KiB", SOURCE)
                .flags("-pthread")
                .arguments(256, "thread")
                .withAnyEnding());
        bench.needsGlibc(run);
        long touched = Stacks.touched(run.observation().ending());
        Snapshot crash = Stacks.atCrash(run);
        ThreadStack stack = ThreadStack.all(run, crash).get(0);
        assertThat(stack.guard().contains(touched))
                .as("the address at fault, %s, lies in the guard %s", AddressRange.hex(touched), stack.guard())
                .isTrue();
        assertThat(stack.usable().length()).as("bytes of its stack").isEqualTo(256 * KIB);
        bench.found(
                "SIGSEGV at %s, in the guard of %d KiB below a stack of %d",
                AddressRange.hex(touched),
                stack.guard().length() / KIB,
                stack.usable().length() / KIB);
    }

    @Test
    @Order(4)
    @DisplayName("Another SIGSEGV is told apart by its address")
    void anotherCrashIsToldApart(Bench bench) {
        Analysis run = bench.observe(
                Recipe.of("crash: a null pointer", "sample-c/misbehave/crash.c").withAnyEnding());
        long touched = Stacks.touched(run.observation().ending());
        assertThatThrownBy(() -> Overflow.of(run))
                .as("taking a write through a null pointer for an overflow")
                .isInstanceOf(AssertionError.class);
        bench.found(
                "SIGSEGV at %s, far from [stack] at %s",
                AddressRange.hex(touched), Stacks.stack(Stacks.atCrash(run)).range());
    }

    private static Recipe overflow(long kib) {
        return Recipe.of("overflow: a limit of " + kib + " KiB", SOURCE)
                .flags("-pthread")
                .arguments(kib)
                .withAnyEnding();
    }

    private static Recipe gap(long down) {
        return Recipe.of("overflow: a mapping " + down + " KiB below", SOURCE)
                .flags("-pthread")
                .arguments(8 * KIB, "gap", down)
                .withAnyEnding();
    }
}
