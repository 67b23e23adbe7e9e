package org.brkmap.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.brkmap.observe.Launch;
import org.brkmap.observe.Observer;
import org.brkmap.toolchain.Tool;

/**
 * What tracing costs: sample-c/churn alone, under brkmap with and without the probe, and under strace with the same filter, and
 * under a tracer that does nothing, in turn. Times are whole runs, launch and evidence included.
 */
final class TracingCost {
    private static final double TARGET_UNPINNED = 0.4;
    private static final double TARGET_PINNED = 1.0;
    private static final int WARM_UP = 3;

    private final int rounds;
    private final String program;
    private final String bare;
    private final String pairs;

    TracingCost(int rounds, Programs programs, long pairs) throws IOException, InterruptedException {
        this.rounds = rounds;
        this.program = programs.path("churn");
        this.bare = programs.path("bare_tracer", "-O2");
        this.pairs = String.valueOf(pairs);
    }

    List<Figure> measure(IntConsumer progress) throws IOException, InterruptedException {
        Launch launch = Launch.of(program, pairs).withoutPages();
        boolean hasStrace = Tool.exists("strace");
        boolean hasTaskset = hasStrace && Tool.exists("taskset");
        List<String> strace =
                List.of("strace", "-f", "--seccomp-bpf", "-e", "trace=memory", "-o", "/dev/null", program, pairs);
        List<String> pinnedStrace = new ArrayList<>(List.of("taskset", "-c", "0"));
        pinnedStrace.addAll(strace);

        double[] alone = new double[rounds];
        double[] probed = new double[rounds];
        double[] unprobed = new double[rounds];
        double[] straced = new double[rounds];
        double[] pinned = new double[rounds];
        double[] twice = new double[rounds];
        double[] once = new double[rounds];
        int calls = Observer.observe(launch).events().size();
        for (int i = 0; i < WARM_UP; i++) {
            Observer.observe(launch);
        }
        for (int round = 0; round < rounds; round++) {
            progress.accept(round + 1);
            alone[round] = Timing.ofProgram(List.of(program, pairs));
            straced[round] = hasStrace ? Timing.ofProgram(strace) : 0;
            probed[round] = Timing.millis(() -> Observer.observe(launch));
            pinned[round] = hasTaskset ? Timing.ofProgram(pinnedStrace) : 0;
            twice[round] = Timing.ofProgram(List.of(bare, "2", program, pairs));
            once[round] = Timing.ofProgram(List.of(bare, "1", program, pairs));
            unprobed[round] = Timing.millis(() -> Observer.observe(launch.withoutProbe()));
        }
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of(pairs + " pairs of malloc and free, " + calls + " calls seen: alone", "ms", alone, null));
        figures.add(Figure.of("  under brkmap, with the malloc probe", "ms", probed, null));
        figures.add(Figure.of("  under brkmap, without the probe", "ms", unprobed, null));
        figures.add(Figure.of("  under a tracer in C that stops twice a call, and does nothing", "ms", twice, null));
        figures.add(Figure.of("  under one that stops once a call", "ms", once, null));
        figures.add(Figure.ratio("  brkmap / alone", probed, alone, null));
        figures.add(Figure.ratio("  brkmap / the tracer that stops twice a call", probed, twice, null));
        figures.add(
                hasStrace
                        ? Figure.ratio("  brkmap / strace --seccomp-bpf", probed, straced, TARGET_UNPINNED)
                        : Figure.unknown("  brkmap / strace", "strace is not installed"));
        figures.add(
                hasTaskset
                        ? Figure.ratio("  brkmap / strace --seccomp-bpf on one CPU", probed, pinned, TARGET_PINNED)
                        : Figure.unknown("  brkmap / strace on one CPU", "strace or taskset is not installed"));
        return figures;
    }
}
