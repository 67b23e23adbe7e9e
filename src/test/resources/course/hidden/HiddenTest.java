package lab2;

import static org.assertj.core.api.Assertions.assertThat;

import org.brkmap.analyse.Analysis;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Recipe;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A check that students have not seen. */
@Lab("lab2")
@Order(90)
@DisplayName("Seen by the instructor alone")
class HiddenTest {
    @Test
    @Order(1)
    @DisplayName("Ten large blocks are unmapped")
    @Exercise(
            id = "ten-unmapped",
            kind = ExerciseKind.MODIFY,
            points = 5,
            hints = {"Look at leak.c.", "Free every block.", "free(blocks[i])"})
    void tenLargeBlocksAreUnmapped(Bench bench) {
        bench.edited("labs/lab2/leak.c", "free all twenty blocks");
        Analysis run = bench.observe(Recipe.of("leak, as you changed it", "labs/lab2/leak.c"));
        long unmapped = run.observation().events().stream()
                .filter(event -> event.call().equals("munmap")
                        && event.cause() != null
                        && event.cause().operation().equals("free"))
                .count();
        assertThat(unmapped).as("munmaps by free").isGreaterThanOrEqualTo(10);
    }
}
