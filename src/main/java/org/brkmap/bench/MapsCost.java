package org.brkmap.bench;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.brkmap.model.Mapping;
import org.brkmap.procfs.ProcFs;
import org.brkmap.toolchain.Tool;

/**
 * What reading an address space into records costs, short or long: in turn with a C program that does the same, with
 * {@code cat}, and with pmap(1), which are timed as whole commands.
 */
final class MapsCost {
    private static final double TARGET_TO_C = 1.15;
    private static final double TARGET_TO_PMAP = 1.0 / 30;
    private static final int TARGET_ROWS = 60_000;
    private static final int[] ROWS = {30, 1_000, 10_000, TARGET_ROWS};
    private static final int WARM_UP = 10;

    /** Each round is the middle one of some readings, many of a short listing: pages that are new to the reader slow down the first. */
    private static final int ROWS_A_ROUND = 3 * TARGET_ROWS;

    private static final int MOST_READINGS = 500;

    private final int rounds;
    private final int mostRows;
    private final String target;
    private final String yardstick;

    MapsCost(int rounds, Programs programs, int mostRows) throws IOException, InterruptedException {
        this.rounds = rounds;
        this.mostRows = mostRows;
        this.target = programs.path("many_mappings");
        this.yardstick = programs.path("read_maps", "-O2");
    }

    /** How a listing is read into records. */
    private interface Reader {
        List<Mapping> read(int pid) throws IOException;
    }

    List<Figure> measure(IntConsumer progress) throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        for (int rows : ROWS) {
            if (rows > mostRows) {
                continue;
            }
            Optional<ManyMappings> started = ManyMappings.start(target, rows);
            if (started.isEmpty()) {
                figures.add(Figure.unknown(
                        count(rows) + " mappings into records",
                        "a process may not have so many here (/proc/sys/vm/max_map_count)"));
                continue;
            }
            try (ManyMappings process = started.get()) {
                figures.addAll(maps(process, rows, progress));
                figures.addAll(smaps(process, rows, progress));
            }
        }
        return figures;
    }

    private List<Figure> maps(ManyMappings process, int rows, IntConsumer progress)
            throws IOException, InterruptedException {
        ProcFs proc = ProcFs.live();
        String pid = String.valueOf(process.pid());
        boolean hasPmap = Tool.exists("pmap");
        int readings = Math.min(MOST_READINGS, ROWS_A_ROUND / process.rows());
        double[] java = new double[rounds];
        double[] bytes = new double[rounds];
        double[] c = new double[rounds];
        double[] cat = new double[rounds];
        double[] pmap = new double[rounds];
        double[] extended = new double[rounds];
        warmUp(proc::maps, process);
        for (int round = 0; round < rounds; round++) {
            progress.accept(round + 1);
            long before = allocated();
            proc.maps(process.pid());
            bytes[round] = (double) (allocated() - before) / process.rows();
            java[round] = inJava(proc::maps, process, readings);
            c[round] = inC(List.of(pid, String.valueOf(readings)));
            cat[round] = Timing.ofProgram(List.of("cat", "/proc/" + pid + "/maps"));
            pmap[round] = hasPmap ? Timing.ofProgram(List.of("pmap", pid)) : 0;
            extended[round] = hasPmap ? Timing.ofProgram(List.of("pmap", "-X", pid)) : 0;
        }
        boolean most = rows == TARGET_ROWS;
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of(count(process.rows()) + " mappings into records", "ms", java, null));
        figures.add(Figure.of("  each of them", "ns", each(java, process), null));
        figures.add(Figure.ratio("  brkmap / a C loop that reads and parses", java, c, most ? TARGET_TO_C : null));
        figures.add(Figure.ratio("  brkmap / cat /proc/PID/maps, the command", java, cat, null));
        if (hasPmap) {
            figures.add(Figure.ratio("  brkmap / pmap, the command", java, pmap, null));
            figures.add(Figure.ratio("  brkmap / pmap -X, the command", java, extended, most ? TARGET_TO_PMAP : null));
        } else {
            figures.add(Figure.unknown("  brkmap / pmap", "pmap is not installed"));
        }
        if (most) {
            figures.add(Figure.of("  allocated a mapping, the records themselves included", "B", bytes, null));
        }
        return figures;
    }

    private List<Figure> smaps(ManyMappings process, int rows, IntConsumer progress)
            throws IOException, InterruptedException {
        ProcFs proc = ProcFs.live();
        double[] java = new double[rounds];
        double[] c = new double[rounds];
        double[] kernel = new double[rounds];
        String pid = String.valueOf(process.pid());
        int readings = Math.min(MOST_READINGS, ROWS_A_ROUND / 20 / process.rows() * 2 + 1);
        warmUp(proc::smaps, process);
        for (int round = 0; round < rounds; round++) {
            progress.accept(round + 1);
            java[round] = inJava(proc::smaps, process, readings);
            c[round] = inC(List.of("-s", pid, String.valueOf(readings)));
            kernel[round] = inC(List.of("-r", pid, String.valueOf(readings)));
        }
        Double bound = rows == TARGET_ROWS ? (Double) TARGET_TO_C : null;
        return List.of(
                Figure.of("  with their usage (smaps) into records", "ms", java, null),
                Figure.ratio("  brkmap / a C loop that reads and parses smaps", java, c, bound),
                Figure.ratio("  brkmap / reading smaps and nothing else", java, kernel, null));
    }

    private static void warmUp(Reader reader, ManyMappings process) throws IOException {
        for (int i = 0; i < Math.max(WARM_UP, MOST_READINGS * ROWS[0] / process.rows()); i++) {
            reader.read(process.pid());
        }
    }

    /** Milliseconds of one reading, the middle one of so many. */
    private static double inJava(Reader reader, ManyMappings process, int readings) throws IOException {
        double[] millis = new double[readings];
        for (int i = 0; i < readings; i++) {
            long start = System.nanoTime();
            reader.read(process.pid());
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        return Estimate.median(millis);
    }

    private double inC(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(yardstick));
        command.addAll(arguments);
        return Estimate.median(yardstickMillis(Tool.run(command).stdout()));
    }

    /** Of every line {@code ROWS NAMES NANOSECONDS}. */
    static double[] yardstickMillis(String printed) {
        return printed.lines()
                .mapToDouble(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)) / 1e6)
                .toArray();
    }

    private static double[] each(double[] millis, ManyMappings process) {
        double[] nanos = new double[millis.length];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = millis[i] * 1e6 / process.rows();
        }
        return nanos;
    }

    private static String count(int rows) {
        return String.format(Locale.ROOT, "%,d", rows);
    }

    private static long allocated() {
        return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
                ? threads.getCurrentThreadAllocatedBytes()
                : 0;
    }
}
