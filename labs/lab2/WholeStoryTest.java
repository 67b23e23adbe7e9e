package lab2;

import static org.brkmap.check.MemoryAssertions.assertThat;

import java.util.List;
import org.brkmap.analyse.Analysis;
import org.brkmap.check.Wording;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Recipe;
import org.brkmap.model.Snapshot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab2")
@Order(10)
@DisplayName("The whole story")
class WholeStoryTest {
    private static final List<Recipe> RUNS = List.of(
            Blocks.ofSize(32 * 1024),
            Blocks.ofSize(256 * 1024),
            Threshold.EXHAUSTED.request(128 * 1024),
            NeighboursTest.NEIGHBOURS);

    @Test
    @Order(1)
    @DisplayName("Every change of every address space has a cause that was seen")
    void everyChangeHasACause(Bench bench) {
        int changes = 0;
        for (Recipe recipe : RUNS) {
            Analysis run = bench.observe(recipe);
            assertThat(run).as(recipe.name()).endedWell().hasOnlyExplainedChanges();
            changes += run.changes().size();
        }
        bench.found("%s in %d runs, none unexplained", Wording.count(changes, "change", "changes"), RUNS.size());
    }

    @Test
    @Order(2)
    @DisplayName("The calls, replayed over one snapshot, give the next")
    void theCallsGiveTheNextSnapshot(Bench bench) {
        int snapshots = 0;
        for (Recipe recipe : RUNS) {
            Analysis run = bench.observe(recipe);
            assertThat(run).as(recipe.name()).replaysExactly();
            snapshots += run.observation().snapshots().size();
        }
        bench.found(
                "%s, each as the calls since the one before make it",
                Wording.count(snapshots, "snapshot", "snapshots"));
    }

    @Test
    @Order(3)
    @DisplayName("Every region of every snapshot has a known role")
    void everyRegionHasARole(Bench bench) {
        int regions = 0;
        for (Recipe recipe : RUNS) {
            Analysis run = bench.observe(recipe);
            for (Snapshot snapshot : run.observation().snapshots()) {
                assertThat(snapshot).as(recipe.name()).hasOnlyExplainedMappings();
                regions += snapshot.mappings().size();
            }
        }
        bench.found("%s, all with a role", Wording.count(regions, "region", "regions"));
    }
}
