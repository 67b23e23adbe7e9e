package lab3;

import static org.brkmap.check.MemoryAssertions.assertThat;

import java.util.List;
import org.brkmap.analyse.Analysis;
import org.brkmap.check.Wording;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Recipe;
import org.brkmap.model.Snapshot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab3")
@Order(9)
@DisplayName("The whole story")
class WholeStoryTest {
    private static final List<Recipe> RUNS = List.of(
            Area.plain(), Area.BSS.larger(Area.AMOUNT), Area.HEAP.larger(Area.AMOUNT), Area.STACK.larger(Area.AMOUNT));

    @Test
    @Order(1)
    @DisplayName("Every change of every address space has a cause: a call, or for the stack a touch")
    @Exercise(id = "every-change", kind = ExerciseKind.OBSERVE, points = 1)
    void everyChangeHasACause(Bench bench) {
        int changes = 0;
        for (Recipe recipe : RUNS) {
            Analysis run = bench.observe(recipe);
            assertThat(run)
                    .as(recipe.name())
                    .endedWell()
                    .hasOnlyExplainedChanges()
                    .replaysExactly();
            changes += run.changes().size();
        }
        bench.found("%s in %d runs, none unexplained", Wording.count(changes, "change", "changes"), RUNS.size());
    }

    @Test
    @Order(2)
    @DisplayName("Every region of every snapshot has a known role")
    void everyRegionHasARole(Bench bench) {
        int regions = 0;
        for (Recipe recipe : RUNS) {
            for (Snapshot snapshot : bench.observe(recipe).observation().snapshots()) {
                assertThat(snapshot).as(recipe.name()).hasOnlyExplainedMappings();
                regions += snapshot.mappings().size();
            }
        }
        bench.found("%s, all with a role", Wording.count(regions, "region", "regions"));
    }
}
