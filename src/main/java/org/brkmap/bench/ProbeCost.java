package org.brkmap.bench;

import java.io.IOException;
import java.util.List;
import java.util.function.IntConsumer;
import org.brkmap.observe.Launch;
import org.brkmap.observe.Observer;

/** What the malloc probe costs a call: sample-c/churn without large blocks makes no system call, observed with and without. */
final class ProbeCost {
    private static final double TARGET_NANOS = 100;
    private static final long PAIRS = 2_000_000;

    private final int rounds;
    private final String program;

    ProbeCost(int rounds, Programs programs) throws IOException, InterruptedException {
        this.rounds = rounds;
        this.program = programs.path("churn");
    }

    List<Figure> measure(IntConsumer progress) throws IOException, InterruptedException {
        Launch launch = Launch.of(program, String.valueOf(PAIRS), "0").withoutPages();
        double[] nanos = new double[rounds];
        Observer.observe(launch);
        for (int round = 0; round < rounds; round++) {
            progress.accept(round + 1);
            double with = Timing.millis(() -> Observer.observe(launch));
            double without = Timing.millis(() -> Observer.observe(launch.withoutProbe()));
            nanos[round] = (with - without) * 1e6 / (2 * PAIRS);
        }
        return List.of(Figure.of("malloc probe, a call of malloc or free", "ns", nanos, TARGET_NANOS));
    }
}
