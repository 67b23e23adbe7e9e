package org.brkmap.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.brkmap.model.Observation;
import org.brkmap.model.Snapshot;
import org.brkmap.toolchain.NeedsGcc;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thread that no stop reaches does not hold up the run. */
@NeedsGcc
@Tag("slow")
@Timeout(120)
class StuckThreadTest {
    private static final int REFUSED = 77;

    @Test
    void theOthersAreReadWithoutIt() throws Exception {
        Observation seen = Observed.observe(Observed.launch("stuck"));

        assumeThat(seen.ending().code())
                .as("userfaultfd(2) for faults in the kernel is allowed")
                .isNotEqualTo(REFUSED);
        assertThat(seen.ending().isSuccess()).as(Observed.describe(seen)).isTrue();
        assertThat(seen.snapshots()).extracting(Snapshot::label).containsExactly("exec", "beside it", "exit");
        assertThat(seen.notes()).anyMatch(note -> note.startsWith("at \"beside it\" a thread could not be stopped"));
        assertThat(Observed.marked(seen, "beside it").threads()).hasSize(2);
    }
}
