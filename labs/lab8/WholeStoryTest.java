package lab8;

import static org.brkmap.check.MemoryAssertions.assertThat;

import java.util.List;
import org.brkmap.analyse.Analysis;
import org.brkmap.check.Wording;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Recipe;
import org.brkmap.lab.ShownAfter;
import org.brkmap.model.Snapshot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab8")
@Order(9)
@DisplayName("The whole story")
class WholeStoryTest {
    private static final List<Recipe> RUNS = List.of(ThreadsTest.STACKS, ThreadsTest.ARENAS);

    @Test
    @Order(1)
    @DisplayName("Every change of every address space has a cause that was seen")
    void everyChangeHasACause(Bench bench) {
        int changes = 0;
        for (Recipe recipe : RUNS) {
            Analysis run = bench.observe(recipe);
            assertThat(run)
                    .as(recipe.name())
                    .endedWell()
                    .hasOnlyExplainedChanges()
                    .replaysExactly();
            for (Snapshot snapshot : run.observation().snapshots()) {
                assertThat(snapshot).as(recipe.name()).hasOnlyExplainedMappings();
            }
            changes += run.changes().size();
        }
        bench.found("%s in %d runs, none unexplained", Wording.count(changes, "change", "changes"), RUNS.size());
    }

    @Test
    @Order(2)
    @DisplayName("That of a stack is the page fault")
    @ShownAfter("growths")
    void theStackGrowsByPageFaults(Bench bench) {
        Analysis run = Growth.descend(bench, GrowthTest.DESCENTS);
        assertThat(run).hasOnlyExplainedChanges().replaysExactly();
        bench.found("%s, none unexplained", Wording.count(run.changes().size(), "change", "changes"));
    }
}
