package lab8;

import static org.assertj.core.api.Assertions.assertThat;

import org.brkmap.analyse.Analysis;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;
import org.brkmap.model.Snapshot;

/**
 * How a program ran out of stack, by the kernel's own account of the crash.
 *
 * @param stack [stack] when it died
 * @param touched the address at fault
 * @param gap bytes between [stack] and whatever lies below
 * @param page bytes of a page
 */
record Overflow(Mapping stack, long touched, long gap, long page) {
    /** As far as one call's frame may reach, that the stack pointer still counts as near. */
    private static final long NEAR = 64 * Stacks.KIB;

    /**
     * Tells an overflow of the first thread's stack from every other crash: the address at fault lies right below [stack],
     * and the stack pointer is there, too. Fails if it was another crash.
     */
    static Overflow of(Analysis run) {
        long touched = Stacks.touched(run.observation().ending());
        Snapshot crash = Stacks.atCrash(run);
        Mapping stack = Stacks.stack(crash);
        long start = stack.range().start();
        assertThat(start - touched)
                .as(
                        "bytes from the address at fault, %s, up to the start of [stack], %s",
                        AddressRange.hex(touched), AddressRange.hex(start))
                .isBetween(1L, NEAR);
        assertThat(Math.abs(Stacks.pointer(crash) - touched))
                .as("bytes between the stack pointer and the address at fault")
                .isLessThan(NEAR);
        return new Overflow(
                stack,
                touched,
                start - endBelow(crash, stack),
                run.observation().host().pageSize());
    }

    /** The limit was met: the page it needed would have made [stack] longer than that, and nothing less stopped it. */
    Overflow metLimit(long limit) {
        long wanted = stack.range().end() - touched / page * page;
        assertThat(wanted)
                .as("bytes that [stack] would have had with the page it needed, against a limit of %d", limit)
                .isGreaterThan(limit);
        assertThat(limit - stack.size())
                .as("bytes from the size of [stack], %d, to its limit, %d", stack.size(), limit)
                .isBetween(0L, NEAR);
        assertThat(Stacks.resident(stack))
                .as("bytes of [stack] in memory: the calls went all the way down")
                .isGreaterThan(stack.size() / 4 * 3);
        return this;
    }

    private static long endBelow(Snapshot snapshot, Mapping stack) {
        return snapshot.mappings().stream()
                .map(row -> row.range().end())
                .filter(end -> Long.compareUnsigned(end, stack.range().start()) <= 0)
                .max(Long::compareUnsigned)
                .orElse(0L);
    }
}
