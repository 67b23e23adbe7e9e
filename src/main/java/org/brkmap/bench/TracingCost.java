package org.brkmap.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import org.brkmap.model.Observation;
import org.brkmap.observe.Launch;
import org.brkmap.observe.Observer;
import org.brkmap.toolchain.BuildRequest;
import org.brkmap.toolchain.CCompiler;
import org.brkmap.toolchain.ProjectFiles;
import org.brkmap.toolchain.Tool;
import org.jspecify.annotations.Nullable;

/**
 * What tracing costs: sample-c/churn alone, under brkmap with and without the probe, and under strace with the same filter, in
 * turn. Times are whole runs, launch included, in nanoseconds.
 *
 * @param calls memory calls seen in one run
 * @param alone times of the program alone
 * @param probed times under brkmap with the malloc probe
 * @param unprobed times under brkmap without it
 * @param strace times under {@code strace -f --seccomp-bpf -e trace=memory}, or null without strace
 * @param pinned the same with strace and program on one CPU, or null without strace or taskset
 */
public record TracingCost(
        int calls,
        List<Long> alone,
        List<Long> probed,
        List<Long> unprobed,
        @Nullable List<Long> strace,
        @Nullable List<Long> pinned) {

    private static final int WARM_UP = 3;

    /** A run to be timed. */
    private interface Run {
        void run() throws IOException, InterruptedException;
    }

    /** Measures; {@code progress} is told each round's number. */
    public static TracingCost measure(int rounds, long pairs, IntConsumer progress)
            throws IOException, InterruptedException {
        ProjectFiles project = ProjectFiles.find()
                .orElseThrow(() -> new IOException("the benchmark needs brkmap's own folder: run it from there"));
        Path program = CCompiler.find()
                .build(BuildRequest.of(
                        project.sampleC().resolve("churn/churn.c"),
                        project.target().resolve("bench")))
                .executable();
        String count = String.valueOf(pairs);
        Launch launch = Launch.of(program.toString(), count).withoutPages();
        boolean hasStrace = Tool.exists("strace");
        boolean hasTaskset = hasStrace && Tool.exists("taskset");
        List<String> traced = List.of(
                "strace", "-f", "--seccomp-bpf", "-e", "trace=memory", "-o", "/dev/null", program.toString(), count);
        List<String> tracedPinned = new ArrayList<>(List.of("taskset", "-c", "0"));
        tracedPinned.addAll(traced);

        TracingCost cost = new TracingCost(
                memoryCalls(Observer.observe(launch)),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                hasStrace ? new ArrayList<>() : null,
                hasTaskset ? new ArrayList<>() : null);
        for (int i = 0; i < WARM_UP; i++) {
            Observer.observe(launch);
        }
        for (int round = 1; round <= rounds; round++) {
            progress.accept(round);
            cost.alone.add(time(() -> Tool.run(List.of(program.toString(), count))));
            cost.probed.add(time(() -> Observer.observe(launch)));
            if (cost.strace != null) {
                cost.strace.add(time(() -> Tool.run(traced)));
            }
            cost.unprobed.add(time(() -> Observer.observe(launch.withoutProbe())));
            if (cost.pinned != null) {
                cost.pinned.add(time(() -> Tool.run(tracedPinned)));
            }
        }
        return cost;
    }

    private static int memoryCalls(Observation observation) {
        return observation.events().size();
    }

    private static long time(Run run) throws IOException, InterruptedException {
        long start = System.nanoTime();
        run.run();
        return System.nanoTime() - start;
    }

    /** The figures as a person reads them. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(calls + " memory calls a run, " + alone.size() + " runs each; milliseconds, median (least-most)");
        lines.add(row("program alone", alone));
        lines.add(row("under brkmap", probed));
        lines.add(row("without the probe", unprobed));
        if (strace == null) {
            lines.add("strace: n/a, it is not installed");
        } else {
            lines.add(row("strace --seccomp-bpf", strace));
            lines.add(ratio("brkmap / strace", probed, strace));
        }
        if (pinned != null) {
            lines.add(row("strace, one CPU", pinned));
            lines.add(ratio("brkmap / strace, one CPU", probed, pinned));
        }
        lines.add(ratio("brkmap / alone", probed, alone));
        return lines;
    }

    private static String row(String name, List<Long> nanos) {
        return format(name, nanos.stream().mapToDouble(time -> time / 1e6).toArray(), "%.1f");
    }

    private static String ratio(String name, List<Long> ours, List<Long> theirs) {
        double[] ratios = new double[ours.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = (double) ours.get(i) / theirs.get(i);
        }
        return format(name, ratios, "%.2f");
    }

    private static String format(String name, double[] values, String number) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        String pattern = "%-26s " + number + " (" + number + "-" + number + ")";
        return String.format(Locale.ROOT, pattern, name, median, sorted[0], sorted[sorted.length - 1]);
    }
}
