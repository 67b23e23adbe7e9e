package org.brkmap.bench;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.brkmap.model.Mapping;
import org.brkmap.procfs.ProcFs;
import org.brkmap.toolchain.Tool;

/** What reading a long maps costs: 60,000 mappings into records, in turn with a C program that does the same. */
final class MapsCost {
    private static final double TARGET_RATIO = 1.15;
    private static final String MAPPINGS = "60000";
    private static final int WARM_UP = 20;

    /** Each round is the middle one of as many readings: pages that are new to the reader slow down the first. */
    private static final int READINGS = 3;

    private final int rounds;
    private final String target;
    private final String yardstick;

    MapsCost(int rounds, Programs programs) throws IOException, InterruptedException {
        this.rounds = rounds;
        this.target = programs.path("many_mappings");
        this.yardstick = programs.path("read_maps", "-O2");
    }

    List<Figure> measure(IntConsumer progress) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(target, MAPPINGS).start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            String line = output.readLine();
            if (line == null) {
                return List.of(Figure.unknown(
                        MAPPINGS + " mappings into records",
                        "a process may not have so many here (/proc/sys/vm/max_map_count)"));
            }
            return measure((int) process.pid(), progress);
        } finally {
            process.destroyForcibly();
        }
    }

    private List<Figure> measure(int pid, IntConsumer progress) throws IOException, InterruptedException {
        ProcFs proc = ProcFs.live();
        for (int i = 0; i < WARM_UP; i++) {
            proc.maps(pid);
        }
        double[] java = new double[rounds];
        double[] c = new double[rounds];
        double[] bytes = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            progress.accept(round + 1);
            double[] readings = new double[READINGS];
            for (int i = 0; i < READINGS; i++) {
                long before = allocated();
                long start = System.nanoTime();
                List<Mapping> mappings = proc.maps(pid);
                readings[i] = (System.nanoTime() - start) / 1e6;
                bytes[round] = (double) (allocated() - before) / mappings.size();
            }
            java[round] = Estimate.median(readings);
            c[round] = Estimate.median(yardstick(pid));
        }
        return List.of(
                Figure.of(MAPPINGS + " mappings into records", "ms", java, null),
                Figure.ratio("  brkmap / a C loop that reads and parses", java, c, TARGET_RATIO),
                Figure.of("  allocated a mapping, the records themselves included", "B", bytes, null));
    }

    private double[] yardstick(int pid) throws IOException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        Tool.run(List.of(yardstick, String.valueOf(pid), String.valueOf(READINGS)))
                .stdout()
                .lines()
                .forEach(line -> millis.add(Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)) / 1e6));
        return millis.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static long allocated() {
        return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
                ? threads.getCurrentThreadAllocatedBytes()
                : 0;
    }
}
