package lab6;

import static org.brkmap.check.MemoryAssertions.assertThat;

import org.brkmap.analyse.Analysis;
import org.brkmap.check.Wording;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Lab;
import org.brkmap.model.Snapshot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab6")
@Order(9)
@DisplayName("The whole story")
class WholeStoryTest {
    @Test
    @Order(1)
    @DisplayName("Every change of every process has a cause that was seen")
    void everyChangeHasACause(Bench bench) {
        int changes = 0;
        for (Analysis run : new Analysis[] {
            bench.observe(Segments.recipe(256, 65536, 4096)), bench.observe(Forks.copying(64, 1, 16, 0, 0))
        }) {
            assertThat(run).endedWell().hasOnlyExplainedChanges().replaysExactly();
            for (Snapshot snapshot : run.observation().snapshots()) {
                assertThat(snapshot).hasOnlyExplainedMappings();
            }
            changes += run.changes().size();
        }
        bench.found("%s in two runs, none unexplained", Wording.count(changes, "change", "changes"));
    }
}
