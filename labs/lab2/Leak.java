package lab2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brkmap.check.MemoryAssertions.assertThat;

import java.util.List;
import java.util.Set;
import org.brkmap.analyse.Analysis;
import org.brkmap.model.AllocatorCall;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.brkmap.model.Usage;

/** leak.c: the requests it must make, and what must have become of their blocks. */
final class Leak {
    private static final int BLOCKS = 20;
    private static final long SMALL = 3000;
    private static final long LARGE = 200000;

    private Leak() {}

    /** The twenty requests, all made and all written to before the checkpoint "used". */
    static List<AllocatorCall> requests(Analysis run) {
        List<AllocatorCall> requests = Blocks.taken(run, "before", "used");
        assertThat(requests)
                .as("sizes of the requests between \"before\" and \"used\"")
                .extracting(call -> call.call().size())
                .hasSize(BLOCKS)
                .containsOnly(SMALL, LARGE);
        assertThat(large(requests).size()).as("requests of %d bytes", LARGE).isEqualTo(BLOCKS / 2);
        assertThat(resident(run))
                .as("bytes of the heap and of anonymous mappings in memory at \"used\": every block is written to")
                .isGreaterThanOrEqualTo(BLOCKS / 2 * (SMALL + LARGE));
        return requests;
    }

    static List<AllocatorCall> large(List<AllocatorCall> requests) {
        return requests.stream()
                .filter(call -> Long.valueOf(LARGE).equals(call.call().size()))
                .toList();
    }

    static List<AllocatorCall> small(List<AllocatorCall> requests) {
        return requests.stream()
                .filter(call -> Long.valueOf(SMALL).equals(call.call().size()))
                .toList();
    }

    /** Each of these blocks was freed after "used", and those with a mapping are gone at "freed". */
    static void areFreed(Analysis run, List<AllocatorCall> blocks) {
        Set<Long> freed = Blocks.freed(run, "used", "freed");
        long kept =
                blocks.stream().filter(block -> !freed.contains(block.result())).count();
        assertThat(kept)
                .as(
                        "of the %d blocks of %d bytes, those that are not freed",
                        blocks.size(), blocks.get(0).call().size())
                .isZero();
        for (AllocatorCall block : blocks) {
            boolean mapped = Blocks.at(run, "used")
                    .mappingAt(block.result())
                    .filter(row -> row.role() == Role.ANONYMOUS)
                    .isPresent();
            if (mapped) {
                assertThat(Blocks.at(run, "freed").mappingAt(block.result()))
                        .as("the row of a block that was mapped, at \"freed\"")
                        .isEmpty();
            }
        }
    }

    private static long resident(Analysis run) {
        return Blocks.at(run, "used").mappings().stream()
                .filter(row -> row.role() == Role.HEAP || row.role() == Role.ANONYMOUS)
                .map(Mapping::usage)
                .filter(usage -> usage != null)
                .mapToLong(Usage::rss)
                .sum();
    }
}
