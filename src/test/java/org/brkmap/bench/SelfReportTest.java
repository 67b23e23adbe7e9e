package org.brkmap.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SelfReportTest {
    private static final SelfReport REPORT = new SelfReport(
            List.of("a machine"),
            List.of(
                    new Figure("one thing", "ms", new Estimate(2, 1.5, 3, 30), 2.5),
                    new Figure("  its part", "×", new Estimate(1.2, 0.9, 1.4, 30), 1.0),
                    new Figure("another", "ns", new Estimate(120, 110, 130, 30), 100.0),
                    Figure.unknown("a third", "it is not installed")));

    @Test
    void each_figure_is_a_row_with_its_interval_and_whether_the_target_is_met() {
        assertThat(REPORT.markdown())
                .contains("- a machine\n")
                .contains("| one thing | 2.00 ms | 1.50 – 3.00 | ≤ 2.50 | met |\n")
                .contains("| … its part | 1.20 × | 0.90 – 1.40 | ≤ 1.00 | met by the interval's lower end |\n")
                .contains("| another | 120.0 ns | 110.0 – 130.0 | ≤ 100.0 | missed |\n")
                .contains("| a third: n/a, it is not installed | n/a |");
        assertThat(REPORT.text()).contains("one thing", "met by the interval's lower end", "a third: n/a");
    }
}
