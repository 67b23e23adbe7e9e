package org.brkmap.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.brkmap.bench.CopySummary.Verdict;
import org.junit.jupiter.api.Test;

class CopySummaryTest {
    private static final double[] TEN = {10, 11, 9, 10, 12, 8, 10, 11, 9, 10};

    @Test
    void ofFewerThanSixRunsNothingIsCalledFaster() {
        assertThat(Verdict.of(Estimate.of(new double[] {0.5, 0.5, 0.5, 0.5, 0.5})))
                .isEqualTo(Verdict.TOO_FEW);
        assertThat(Verdict.of(Estimate.of(new double[] {0.5, 0.5, 0.5, 0.5, 0.5, 0.5})))
                .isEqualTo(Verdict.FASTER);
    }

    @Test
    void a_way_is_faster_or_slower_only_where_the_interval_of_the_ratio_leaves_out_one() {
        Map<String, CopySummary> summaries = summaries(
                Map.of(CopyStrategy.TEXTBOOK, TEN, "half", times(0.5), "double", times(2), "erratic", new double[] {
                    1, 90, 2, 80, 3, 70, 4, 60, 5, 50
                }));
        assertThat(summary(summaries, "half").verdict()).isEqualTo(Verdict.FASTER);
        assertThat(summary(summaries, "double").verdict()).isEqualTo(Verdict.SLOWER);
        assertThat(summary(summaries, "erratic").verdict()).isEqualTo(Verdict.NO_DIFFERENCE);
        assertThat(summary(summaries, CopyStrategy.TEXTBOOK).verdictInWords()).isEqualTo("the measure");
    }

    @Test
    void ratios_pair_the_runs_of_one_round_so_that_a_slow_machine_slows_both() {
        double[] slowing = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512};
        double[] twice = Arrays.stream(slowing).map(value -> 2 * value).toArray();
        Estimate ratio = summary(summaries(Map.of(CopyStrategy.TEXTBOOK, slowing, "twice", twice)), "twice")
                .toTextbook();
        assertThat(ratio).isEqualTo(new Estimate(2, 2, 2, 10));
    }

    @Test
    void without_the_textbook_nothing_is_said_about_it() {
        CopySummary alone = summary(summaries(Map.of("alone", TEN)), "alone");
        assertThat(alone.toTextbook()).isNull();
        assertThat(alone.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(alone.verdictInWords()).isEqualTo("n/a");
    }

    @Test
    void throughput_is_bytes_by_the_median_time_and_what_is_not_counted_is_not_zero() {
        CopySummary summary = summary(summaries(Map.of("way", TEN)), "way");
        assertThat(Objects.requireNonNull(summary.throughput())).isCloseTo((1 << 20) / 0.010, within(1.0));
        assertThat(summary.faults()).isEqualTo(3);
        assertThat(summary.counts()).doesNotContainKey("instructions");
        assertThat(Objects.requireNonNull(summary.idleShare())).isCloseTo(0.95, within(1e-9));
    }

    private static double[] times(double factor) {
        return Arrays.stream(TEN).map(value -> value * factor).toArray();
    }

    private static Map<String, CopySummary> summaries(Map<String, double[]> millis) {
        List<CopySummary> all = CopySamples.results(new LinkedHashMap<>(millis)).of(CopySamples.CELL);
        assertThat(all)
                .isSortedAccordingTo(
                        (a, b) -> Double.compare(a.millis().median(), b.millis().median()));
        return all.stream()
                .collect(Collectors.toMap(summary -> summary.strategy().id(), summary -> summary));
    }

    private static CopySummary summary(Map<String, CopySummary> summaries, String id) {
        return Objects.requireNonNull(summaries.get(id));
    }
}
