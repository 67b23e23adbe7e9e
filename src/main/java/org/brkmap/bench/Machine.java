package org.brkmap.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a figure depends on, of the machine it was measured on. */
final class Machine {
    private static final Path GOVERNOR = Path.of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
    private static final double NOISY = 0.25;

    private Machine() {}

    static List<String> describe(String fileSystem) {
        List<String> lines = new ArrayList<>();
        lines.add("Linux " + System.getProperty("os.version") + ", " + System.getProperty("os.arch") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors, governor " + governor());
        lines.add("files on " + fileSystem);
        lines.add("Java " + System.getProperty("java.version"));
        lines.add(load("before"));
        return lines;
    }

    /** The load afterwards, and a warning where the runs of one way differ much among themselves. */
    static List<String> noise(List<CopyRun> runs) {
        List<String> lines = new ArrayList<>();
        lines.add(load("after"));
        Map<List<Object>, List<CopyRun>> groups = runs.stream()
                .filter(run -> run.strategy().equals(CopyStrategy.LIMIT))
                .collect(Collectors.groupingBy(run -> List.of(run.cell(), run.strategy())));
        long noisy = groups.values().stream().filter(Machine::isNoisy).count();
        if (noisy > 0) {
            lines.add("a noisy machine: in " + noisy + " of " + groups.size()
                    + " cells even the copies from memory to memory differ by more than a quarter;"
                    + " intervals are wide, close other programs and measure again");
        }
        return lines;
    }

    /** The middle half of the runs is wider than a quarter of the median. */
    private static boolean isNoisy(List<CopyRun> runs) {
        double[] sorted = runs.stream()
                .mapToDouble(run -> run.measure().millis())
                .sorted()
                .toArray();
        double spread = sorted[sorted.length * 3 / 4] - sorted[sorted.length / 4];
        return sorted.length > 3 && spread > NOISY * Estimate.median(sorted);
    }

    private static String load(String when) {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return load < 0
                ? "load average " + when + ": n/a"
                : String.format(Locale.ROOT, "load average %s: %.1f", when, load);
    }

    private static String governor() {
        try {
            return Files.readString(GOVERNOR).strip();
        } catch (IOException e) {
            return "n/a";
        }
    }
}
