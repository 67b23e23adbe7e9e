package org.brkmap.grade;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Grades the reports in a folder, several at a time, and keeps a file for each: what was done before is not done again. One that is
 * broken is flagged and stops nothing.
 */
public final class ReportBatch {
    private static final int DEPTH = 12;
    private static final int MOST_FILES = 200_000;

    /**
     * One report to grade.
     *
     * @param student its id, or what the name of the file gives
     */
    private record Unit(
            Path file,
            String name,
            String student,
            boolean known,
            @Nullable Instant submitted) {}

    private final ReportGrader grader;
    private final ResultFiles results;
    private final List<Unit> units;

    private ReportBatch(ReportGrader grader, ResultFiles results, List<Unit> units) {
        this.grader = grader;
        this.results = results;
        this.units = units;
    }

    /**
     * The reports (*.html, *.htm) of a folder and those below it; symbolic links are not followed.
     *
     * @param times when students handed in, by id
     * @throws IOException if the folder cannot be read, or has no end
     */
    public static ReportBatch of(
            ReportGrader grader, Path folder, Roster roster, Map<String, Instant> times, ResultFiles results)
            throws IOException {
        List<Unit> units = new ArrayList<>();
        for (Path file : files(folder)) {
            String name = folder.relativize(file).toString().replace('\\', '/');
            Student student = roster.owner(name).orElse(null);
            String id = student == null ? name.replaceFirst("\\.html?$", "") : student.id();
            units.add(new Unit(file, name, id, student != null, times.get(id)));
        }
        return new ReportBatch(grader, results, units);
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new GradeException(folder + " is no folder; name the one with the submissions");
        }
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(
                folder,
                java.util.EnumSet.noneOf(java.nio.file.FileVisitOption.class),
                DEPTH,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                        String name = file.getFileName().toString();
                        // The page that lists a student's labs lies beside the reports, and is none.
                        if (attributes.isRegularFile()
                                && name.matches("(?is).*\\.html?")
                                && !name.equals("index.html")) {
                            if (files.size() == MOST_FILES) {
                                throw new GradeException(folder + " holds more than " + MOST_FILES + " reports");
                            }
                            files.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        files.add(file);
                        return FileVisitResult.CONTINUE;
                    }
                });
        files.sort(null);
        return files;
    }

    /** The bases of the runs in reports that everybody was given. */
    public static Set<AddressBases> samples(Path folder) throws IOException {
        Set<AddressBases> bases = new HashSet<>();
        for (Path file : files(folder)) {
            bases.addAll(ReportGrader.samples(file));
        }
        return bases;
    }

    /** How many reports there are. */
    public int size() {
        return units.size();
    }

    /**
     * Grades all.
     *
     * @param jobs how many at a time
     * @param done is told how many are done, from several threads
     * @return the files of the results; what came of a class is not held in memory all the time
     * @throws InterruptedException if it was interrupted; what is done so far is kept
     */
    public Set<Path> run(int jobs, IntConsumer done) throws IOException, InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(jobs, task -> {
            // Checks of labs go deep where evidence is nested.
            Thread thread = new Thread(null, task, "brkmap-grade", 16L << 20);
            thread.setDaemon(true);
            return thread;
        });
        Set<Path> files = new HashSet<>();
        try {
            ExecutorCompletionService<Path> work = new ExecutorCompletionService<>(pool);
            for (Unit unit : units) {
                work.submit(() -> grade(unit));
            }
            for (int i = 1; i <= units.size(); i++) {
                files.add(work.take().get());
                done.accept(i);
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
        return files;
    }

    private Path grade(Unit unit) throws IOException, InterruptedException {
        byte[] bytes;
        String trouble = null;
        FlagKind kind = FlagKind.UNREADABLE;
        try {
            long size = Files.size(unit.file());
            if (size > ReportGrader.MAX_BYTES) {
                kind = FlagKind.TOO_LARGE;
                trouble = "it has " + size + " bytes; at most " + ReportGrader.MAX_BYTES + " are read";
                bytes = new byte[0];
            } else {
                bytes = Files.readAllBytes(unit.file());
            }
        } catch (IOException e) {
            trouble = "it cannot be read: " + e;
            bytes = new byte[0];
        }
        Submission submission = new Submission(unit.name(), Hash.sha256(bytes), unit.submitted());
        Path file = results.file(
                unit.student(), submission, "report", grader.versionOfAll(), grader.harness(), Grading.CLAIM);
        if (results.done(file).isPresent()) {
            return file;
        }
        Result result = grader.grade(unit.student(), submission, bytes);
        List<Flag> flags = new ArrayList<>();
        if (trouble != null) {
            flags.add(Flag.of(kind, trouble));
        } else {
            flags.addAll(result.flags());
        }
        if (!unit.known()) {
            flags.add(Flag.of(FlagKind.UNKNOWN_STUDENT, "no name in \"" + unit.name() + "\" is on the roster"));
        }
        if (unit.submitted() == null && unit.name().contains("_LATE_")) {
            flags.add(Flag.of(FlagKind.LATE, "the file's name says so; how late is not known, and takes no points"));
        }
        return results.write(result.withFlags(flags), file);
    }
}
