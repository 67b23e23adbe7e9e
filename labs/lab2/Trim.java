package lab2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.brkmap.analyse.Analysis;
import org.brkmap.model.AllocatorCall;
import org.brkmap.model.Role;

/** trim.c: what it must do, whatever the heap does. */
final class Trim {
    static final int BLOCKS = 40;
    private static final long SIZE = 32 * 1024;

    private Trim() {}

    /** All blocks come from the heap, and are freed before "freed". */
    static void takesAndFreesAll(Analysis run) {
        List<AllocatorCall> blocks = Blocks.taken(run, "before", "full").stream()
                .filter(call -> Long.valueOf(SIZE).equals(call.call().size()))
                .toList();
        assertThat(blocks.size()).as("calls of malloc(%d)", SIZE).isEqualTo(BLOCKS);
        assertThat(blocks)
                .as("blocks that lie in the heap at \"full\"")
                .allMatch(block -> Blocks.at(run, "full")
                        .mappingAt(block.result())
                        .filter(row -> row.role() == Role.HEAP)
                        .isPresent());
        Set<Long> freed = Blocks.freed(run, "full", "freed");
        assertThat(blocks.stream()
                        .filter(block -> !freed.contains(block.result()))
                        .count())
                .as("blocks that are not freed between \"full\" and \"freed\"")
                .isZero();
    }
}
