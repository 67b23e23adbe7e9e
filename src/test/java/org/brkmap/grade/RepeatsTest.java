package org.brkmap.grade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.grade.Repeats.Outcome;
import org.junit.jupiter.api.Test;

class RepeatsTest {
    private static Result run(int flip, int steady) {
        return Results.of(
                "ada",
                Results.check("flip", 10, flip, flip == 10 ? CheckStatus.PASSED : CheckStatus.FAILED),
                Results.check("steady", 5, steady, CheckStatus.PASSED));
    }

    @Test
    void what_always_comes_out_alike_is_steady() {
        Result settled = Repeats.settle(List.of(run(10, 5), run(10, 5), run(10, 5)));
        assertThat(settled.repeats()).isEqualTo(new Repeats(3, List.of()));
        assertThat(settled.flags()).isEmpty();
        assertThat(settled.withRepeats(null)).isEqualTo(run(10, 5));
        assertThat(Repeats.settle(List.of(run(10, 5))).repeats()).isNull();
    }

    @Test
    void what_does_not_is_named_with_what_differed() throws IOException {
        Result settled = Repeats.settle(List.of(run(10, 5), run(0, 5), run(10, 5)));
        assertThat(settled.score().earned()).isEqualTo(15);
        assertThat(settled.repeats()).isNotNull();
        assertThat(settled.repeats().flakes()).hasSize(1);
        Repeats.Flake flake = settled.repeats().flakes().get(0);
        assertThat(flake.check()).isEqualTo("flip");
        assertThat(flake.outcomes())
                .containsExactly(
                        new Outcome(2, CheckStatus.PASSED, 10, null, null),
                        new Outcome(1, CheckStatus.FAILED, 0, null, "too low"));
        assertThat(settled.flags()).extracting(Flag::kind).containsExactly(FlagKind.FLAKY);
        assertThat(settled.flags().get(0).reason())
                .isEqualTo("in 3 runs flip came out as passed, 10 points, 2 times / failed, 0 points, once (too low)");
        assertThat(ResultJson.read(ResultJson.write(settled))).isEqualTo(settled);
    }

    @Test
    void the_run_with_the_middle_score_counts() {
        assertThat(Repeats.counting(List.of(run(10, 5), run(0, 5), run(0, 5)))).isEqualTo(1);
        assertThat(Repeats.counting(List.of(run(0, 5), run(10, 5), run(10, 5)))).isEqualTo(1);
        assertThat(Repeats.counting(List.of(run(10, 5), run(0, 5)))).isEqualTo(1);
        assertThat(Repeats.counting(List.of(run(3, 5), run(10, 5), run(0, 5)))).isZero();
    }

    @Test
    void a_run_without_a_verdict_is_another_verdict() {
        Result none = Results.of("ada").withFlags(List.of(Flag.of(FlagKind.NOT_GRADED, "it took too long")));
        Result settled = Repeats.settle(List.of(run(10, 5), none, run(10, 5)));
        assertThat(settled.repeats().flakes()).extracting(Repeats.Flake::check).containsExactly("flip", "steady");
        assertThat(settled.flags().get(0).reason()).contains("not checked, 0 points, once", "it took too long");
    }
}
