package org.brkmap.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EstimateTest {
    @Test
    void the_median_is_the_middle_value_or_the_mean_of_the_two_in_the_middle() {
        assertThat(Estimate.of(new double[] {9, 1, 5}).median()).isEqualTo(5);
        assertThat(Estimate.of(new double[] {9, 1, 5, 4}).median()).isEqualTo(4.5);
    }

    @Test
    void values_that_do_not_differ_leave_no_doubt() {
        assertThat(Estimate.of(new double[] {3, 3, 3, 3})).isEqualTo(new Estimate(3, 3, 3, 4));
    }

    @Test
    void the_same_sample_gives_the_same_interval_which_holds_the_median() {
        double[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 100};
        Estimate estimate = Estimate.of(values);
        assertThat(Estimate.of(values)).isEqualTo(estimate);
        assertThat(estimate.low()).isLessThan(estimate.median());
        assertThat(estimate.high()).isGreaterThan(estimate.median()).isLessThan(100);
    }

    @Test
    void the_interval_holds_the_true_median_as_often_as_it_says() {
        SplittableRandom random = new SplittableRandom(1);
        int samples = 300;
        int held = 0;
        for (int i = 0; i < samples; i++) {
            double[] values = random.doubles(30).toArray();
            Estimate estimate = Estimate.of(values);
            held += estimate.low() <= 0.5 && 0.5 <= estimate.high() ? 1 : 0;
        }
        assertThat((double) held / samples).isCloseTo(0.95, within(0.05));
    }

    @Test
    void ratios_are_taken_pair_by_pair() {
        Estimate estimate = Estimate.ofRatios(new double[] {1, 20, 300}, new double[] {2, 40, 600});
        assertThat(estimate).isEqualTo(new Estimate(0.5, 0.5, 0.5, 3));
    }

    @Test
    void nothing_measured_is_no_estimate() {
        assertThatIllegalArgumentException().isThrownBy(() -> Estimate.of(new double[0]));
    }
}
