package lab8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brkmap.check.MemoryAssertions.assertThat;

import java.util.List;
import org.brkmap.analyse.Analysis;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Lab;
import org.brkmap.lab.ShownAfter;
import org.brkmap.model.Role;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab8")
@Order(6)
@DisplayName("A stack grows with what is touched")
class GrowthTest {
    static final List<Long> DESCENTS = List.of(700L, 300L, 1500L);
    private static final long FAR = 3000;

    /** More than the calls take that are made at the deepest point, to mark it. */
    private static final long CALL = 64 * Stacks.KIB;

    @Test
    @Order(1)
    @DisplayName("It grows to the touched page, by no call, and never shrinks")
    @ShownAfter("growths")
    void itGrowsAndNeverShrinks(Bench bench) {
        Analysis run = Growth.descend(bench, DESCENTS);
        long before = Stacks.size(run, "before");
        long largest = before;
        for (long kib : DESCENTS) {
            long down = Stacks.size(run, kib + " KiB down");
            long needed =
                    Stacks.stack(Stacks.at(run, kib + " KiB down")).range().end()
                            - Stacks.pointer(Stacks.at(run, kib + " KiB down"));
            assertThat(down)
                    .as("bytes of [stack], %d KiB down", kib)
                    .isBetween(needed, Math.max(largest, needed + CALL));
            assertThat(Stacks.size(run, kib + " KiB back"))
                    .as("bytes of [stack] when all have returned")
                    .isEqualTo(down);
            assertThat(Stacks.resident(run, kib + " KiB back"))
                    .as("bytes of [stack] in memory when all have returned")
                    .isGreaterThanOrEqualTo(Stacks.resident(run, kib + " KiB down"));
            largest = Math.max(largest, down);
        }
        assertThat(run).traceBetween("before", "1500 KiB back").byTheProgram().isEmpty();
        assertThat(run).changesBetween("before", "1500 KiB back").gainedOnly(Role.STACK);
        bench.found(
                "%d KiB before, %d, %d and %d KiB after each descent, and no system call about memory",
                before / Stacks.KIB,
                Stacks.size(run, "700 KiB back") / Stacks.KIB,
                Stacks.size(run, "300 KiB back") / Stacks.KIB,
                Stacks.size(run, "1500 KiB back") / Stacks.KIB);
    }

    @Test
    @Order(2)
    @DisplayName("alloca touched at its far end: long, and hardly in memory")
    @ShownAfter("far-end")
    void allocaTouchedAtItsFarEnd(Bench bench) {
        Analysis run = Growth.farEnd(bench, FAR, "far");
        long grown = Stacks.size(run, "after") - Stacks.size(run, "before");
        long came = Stacks.resident(run, "after") - Stacks.resident(run, "before");
        assertThat(Stacks.size(run, "after")).as("bytes of [stack] after").isGreaterThanOrEqualTo(FAR * Stacks.KIB);
        assertThat(came)
                .as("bytes of it that came into memory, in pages")
                .isBetween(
                        (long) run.observation().host().pageSize(),
                        4L * run.observation().host().pageSize());
        bench.found("[stack] grew by %d KiB, %d KiB of it in memory", grown / Stacks.KIB, came / Stacks.KIB);
    }
}
