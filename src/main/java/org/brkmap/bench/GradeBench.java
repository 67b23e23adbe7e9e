package org.brkmap.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.brkmap.grade.RunTimes;
import org.brkmap.procfs.ProcFs;
import org.brkmap.toolchain.CCompiler;
import org.brkmap.toolchain.ProjectFiles;
import org.jspecify.annotations.Nullable;

/**
 * Measures what grading a class costs here: the real commands in processes of their own, over classes of growing size.
 *
 * @param sizes numbers of reports
 * @param rounds how often each is graded
 * @param reruns how many submissions are run again; 0 leaves that out
 */
public record GradeBench(List<Integer> sizes, int rounds, int reruns) {
    private static final String LAB = "lab2";
    private static final int REAL_RUNS = 8;
    private static final int TARGET_REPORTS = 2000;
    private static final double TARGET_SECONDS = 20;
    private static final double TARGET_MIB = 512;
    private static final double TARGET_OVERHEAD = 15;
    private static final double MIB = 1 << 20;
    private static final int LOOK_EVERY_MILLIS = 20;

    public GradeBench {
        sizes = List.copyOf(sizes);
        if (sizes.isEmpty() || rounds < 1 || reruns < 0 || sizes.stream().anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException("nothing to measure: " + sizes + " reports, " + rounds + " rounds");
        }
    }

    /** What one command took. */
    private record Cost(double seconds, double peakMib) {}

    /** Measures; {@code progress} is told what is being measured. */
    public SelfReport run(Consumer<String> progress) throws IOException, InterruptedException {
        ProjectFiles project = ProjectFiles.find()
                .orElseThrow(() -> new IOException("the benchmark needs brkmap's own folder: run it from there"));
        Files.createDirectories(project.target());
        Path folder = Files.createTempDirectory(project.target(), "bench-grade-");
        try {
            ReportClass made = new ReportClass(project.root(), LAB, folder);
            List<Figure> figures = new ArrayList<>();
            List<String> pages = made.pages(REAL_RUNS, run -> progress.accept("a report: " + run + " of " + REAL_RUNS));
            figures.addAll(reports(project.root(), made, pages, folder, progress));
            if (reruns > 0) {
                figures.addAll(reruns(project.root(), made, folder, progress));
            }
            List<String> machine =
                    new ArrayList<>(SelfReport.thisMachine(CCompiler.find().version()));
            machine.add(rounds + " rounds; reports of " + LAB + ", "
                    + pages.stream().mapToInt(String::length).sum() / pages.size() / 1000 + " kB each");
            return new SelfReport(machine, figures);
        } finally {
            delete(folder);
        }
    }

    private List<Figure> reports(
            Path root, ReportClass made, List<String> pages, Path folder, Consumer<String> progress)
            throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        double each = 0;
        int before = 0;
        for (int size : sizes) {
            Path reports = made.reports(pages, size);
            double[] seconds = new double[rounds];
            double[] peaks = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                progress.accept(size + " reports: round " + (round + 1) + " of " + rounds);
                Path out = folder.resolve("graded");
                Cost cost = cost(root, List.of("reports", reports.toString()), reports, out);
                seconds[round] = cost.seconds();
                peaks[round] = cost.peakMib();
                delete(out);
            }
            delete(reports);
            boolean counts = size == TARGET_REPORTS;
            double middle = Estimate.median(seconds);
            figures.add(Figure.of(
                    String.format(Locale.ROOT, "grade reports, %,d reports", size),
                    "s",
                    seconds,
                    counts ? TARGET_SECONDS : null));
            figures.add(Figure.of("  its peak in memory (VmHWM)", "MiB", peaks, counts ? TARGET_MIB : null));
            figures.add(Figure.of("  a report", "ms", scaled(seconds, 1000.0 / size), null));
            if (before > 0) {
                figures.add(Figure.of(
                        String.format(Locale.ROOT, "  a report, of those beyond the first %,d", before),
                        "ms",
                        new double[] {(middle - each) * 1000 / (size - before)},
                        null));
            }
            each = middle;
            before = size;
        }
        return figures;
    }

    /** The lab's own run is that of the same worker without a sandbox. */
    private List<Figure> reruns(Path root, ReportClass made, Path folder, Consumer<String> progress)
            throws IOException, InterruptedException {
        Path sources = made.sources(reruns);
        int jobs = Math.min(reruns, Runtime.getRuntime().availableProcessors());
        double[] walls = new double[rounds];
        double[] own = new double[rounds];
        double[] overhead = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            progress.accept(reruns + " submissions run again: round " + (round + 1) + " of " + rounds);
            List<String> command = List.of("rerun", sources.toString(), "--jobs", String.valueOf(jobs));
            Path out = folder.resolve("rerun");
            walls[round] = cost(root, command, sources, out).seconds();
            delete(out);
            List<String> bare = new ArrayList<>(command);
            bare.addAll(List.of("--tier", "C"));
            cost(root, bare, sources, out);
            own[round] = RunTimes.in(out).sum().toMillis() / 1000.0;
            delete(out);
            overhead[round] = 100 * (walls[round] * jobs / own[round] - 1);
        }
        return List.of(
                Figure.of(
                        String.format(Locale.ROOT, "grade rerun, %,d submissions, %d at once", reruns, jobs),
                        "s",
                        walls,
                        null),
                Figure.of("  the lab's own runs, without a sandbox, one after the other", "s", own, null),
                Figure.of("  more than these shared by the processors", "%", overhead, TARGET_OVERHEAD));
    }

    private static double[] scaled(double[] values, double by) {
        double[] scaled = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            scaled[i] = values[i] * by;
        }
        return scaled;
    }

    /** The command as a shell starts it; its peak is looked at until it ends, so that of its very end may be missed. */
    private static Cost cost(Path root, List<String> command, Path submissions, Path out)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("./brkmap", "grade"));
        words.addAll(command);
        words.addAll(List.of(
                "--roster", ReportClass.rosterOf(submissions).toString(), "--lab", LAB, "--out", out.toString()));
        Path said = Files.createTempFile(submissions.getParent(), "said", ".txt");
        long began = System.nanoTime();
        Process process = new ProcessBuilder(words)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(said.toFile()))
                .start();
        try {
            long peak = 0;
            while (!process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                Long now = peak((int) process.pid());
                peak = Math.max(peak, now == null ? 0 : now);
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            if (process.exitValue() != 0) {
                throw new IOException(String.join(" ", words) + " failed: " + Files.readString(said));
            }
            return new Cost(seconds, peak / MIB);
        } finally {
            process.destroy();
            process.onExit().join(); // until then it writes below the folder that is to go
        }
    }

    private static @Nullable Long peak(int pid) {
        try {
            return ProcFs.live().status(pid).residentPeak();
        } catch (IOException ended) {
            return null;
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
