package lab4;

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

@Lab("lab4")
@Order(9)
@DisplayName("The whole story")
class WholeStoryTest {
    private static List<Recipe> runs(Bench bench) {
        String file = Inputs.file(bench, "story.dat", 100_000);
        return List.of(
                Samples.mapping("mmap_copy: 100000 bytes", file),
                Samples.buffering("read_write_copy: 100000 bytes", file),
                Recipe.of("four: its mappings", "labs/lab4/four.c").arguments(file));
    }

    @Test
    @Order(1)
    @DisplayName("Every change of every address space has a cause that was seen")
    @Exercise(id = "every-change", kind = ExerciseKind.OBSERVE, points = 1)
    void everyChangeHasACause(Bench bench) {
        int changes = 0;
        for (Recipe recipe : runs(bench)) {
            Analysis run = bench.observe(recipe);
            assertThat(run)
                    .as(recipe.name())
                    .endedWell()
                    .hasOnlyExplainedChanges()
                    .replaysExactly();
            changes += run.changes().size();
        }
        bench.found(
                "%s in %d runs, none unexplained",
                Wording.count(changes, "change", "changes"), runs(bench).size());
    }

    @Test
    @Order(2)
    @DisplayName("Every region of every snapshot has a known role")
    void everyRegionHasARole(Bench bench) {
        int regions = 0;
        for (Recipe recipe : runs(bench)) {
            for (Snapshot snapshot : bench.observe(recipe).observation().snapshots()) {
                assertThat(snapshot).as(recipe.name()).hasOnlyExplainedMappings();
                regions += snapshot.mappings().size();
            }
        }
        bench.found("%s, all with a role", Wording.count(regions, "region", "regions"));
    }
}
