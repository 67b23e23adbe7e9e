package org.brkmap.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Observation;
import org.brkmap.model.Snapshot;
import org.junit.jupiter.api.Test;

/** Copies of what stood in memory, in the parent and in its child. */
class MemoryCopyTest {
    @Test
    void aChildAndItsParentAreCopiedAtTheSameMoment() throws Exception {
        MemoryCopy copy = new MemoryCopy(row -> row.permissions().write());
        Observation run = Observed.observe(Observed.launch("children", "fork").withLook(copy));
        List<Snapshot> both = run.snapshots().stream()
                .filter(snapshot -> snapshot.label().equals("child has less"))
                .toList();
        assertThat(both).hasSize(2);
        for (Snapshot snapshot : both) {
            AddressRange stack = snapshot.mappings().stream()
                    .filter(row -> row.backing().isLabelled("[stack]"))
                    .findFirst()
                    .orElseThrow()
                    .range();
            assertThat(copy.at(snapshot, stack.start()).orElseThrow().remaining())
                    .isEqualTo((int) stack.length());
            assertThat(copy.exclusiveAt(snapshot, stack.start()).orElseThrow().length())
                    .as("pages of the stack that the process wrote since the fork")
                    .isPositive();
            assertThat(copy.at(snapshot, stack.end()))
                    .as("what lies behind the stack")
                    .isEmpty();
        }
    }
}
