package org.brkmap.lab;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.brkmap.evidence.AnswerHost;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.LabDocument;
import org.brkmap.report.ReportFiles;
import org.jspecify.annotations.Nullable;

/**
 * How far a student is in a lab: the seed of the questions, what was answered first, attempts, hints taken, and how each
 * exercise last came out. Kept in {@code .brkmap/LAB.properties} at the root of the project, never in the student's files; a
 * missing or unreadable file is a beginning. Thread-safe.
 */
public final class LabProgress {
    private static final int SEEDS = 1_000_000;
    private static final String STATUS = ".status";

    private final Path file;
    private final Map<String, String> values = new TreeMap<>();
    private final Set<String> solved = new HashSet<>();

    private LabProgress(Path file) {
        this.file = file;
    }

    /** The progress of a lab in the project of this root. */
    public static LabProgress open(Path root, String lab) {
        LabProgress progress = new LabProgress(root.resolve(".brkmap").resolve(lab + ".properties"));
        Properties read = new Properties();
        try (Reader in = Files.newBufferedReader(progress.file)) {
            read.load(in);
        } catch (IOException | IllegalArgumentException beginning) {
            read.clear();
        }
        read.stringPropertyNames().forEach(key -> progress.values.put(key, read.getProperty(key)));
        progress.values.forEach((key, value) -> {
            if (key.endsWith(STATUS) && value.equals(CheckStatus.PASSED.name())) {
                progress.solved.add(key.substring(0, key.length() - STATUS.length()));
            }
        });
        if (progress.number("seed") <= 0) {
            progress.values.put("seed", Integer.toString(1 + new SecureRandom().nextInt(SEEDS)));
        }
        return progress;
    }

    /** What a report claims of it; it is never kept. */
    static LabProgress of(Path root, LabDocument report) {
        LabProgress progress = new LabProgress(root.resolve(".brkmap").resolve(report.lab() + ".properties"));
        progress.values.put("seed", "1");
        report.checks().forEach(check -> progress.ended(check.id(), check.status(), check.earned()));
        return progress;
    }

    /** Where it is kept. */
    public Path file() {
        return file;
    }

    /** What the student's questions are drawn from. */
    public synchronized long seed() {
        return number("seed");
    }

    /** How the exercise last came out; empty if it was never run. */
    public synchronized Optional<CheckStatus> status(String exercise) {
        String status = values.get(exercise + STATUS);
        return Arrays.stream(CheckStatus.values())
                .filter(value -> value.name().equals(status))
                .findFirst();
    }

    /** Whether the exercise had been solved when this was opened. */
    boolean wasSolved(String exercise) {
        return solved.contains(exercise);
    }

    /** What the exercise last earned. */
    public synchronized int earned(String exercise) {
        return number(exercise + ".earned");
    }

    /** How many answers or versions of a program were judged. */
    public synchronized int attempts(String exercise) {
        return number(exercise + ".attempts");
    }

    /** How many of an exercise's hints the student has seen. */
    public synchronized int hintsTaken(String exercise) {
        return number(exercise + ".hints");
    }

    /** Takes the next hint, and notes that; empty if all are taken. Call {@link #save} after it. */
    public synchronized Optional<String> takeHint(ExerciseInfo exercise) {
        int taken = hintsTaken(exercise.id());
        if (taken >= exercise.hints().size()) {
            return Optional.empty();
        }
        sawHints(exercise.id(), taken + 1);
        return Optional.of(exercise.hints().get(taken));
    }

    synchronized void sawHints(String exercise, int stages) {
        if (stages > hintsTaken(exercise)) {
            values.put(exercise + ".hints", Integer.toString(stages));
        }
    }

    synchronized void ended(String exercise, CheckStatus status, int earned) {
        values.put(exercise + STATUS, status.name());
        values.put(exercise + ".earned", Integer.toString(earned));
    }

    /** The answers to a key that were judged, in order. */
    synchronized List<String> judged(String key) {
        String answers = values.get(key + ".answers");
        return answers == null || answers.isEmpty() ? List.of() : List.of(answers.split(","));
    }

    synchronized void judged(String key, List<String> answers) {
        values.put(key + ".answers", String.join(",", answers));
    }

    synchronized void attempts(String exercise, int attempts) {
        values.put(exercise + ".attempts", Integer.toString(attempts));
    }

    /** A value an exercise keeps from run to run, or null. */
    synchronized @Nullable String note(String exercise, String name) {
        return values.get(exercise + "." + name);
    }

    synchronized void note(String exercise, String name, String value) {
        values.put(exercise + "." + name, value);
    }

    /** Whose map an exercise's answers were read from, or null if that was not noted. */
    synchronized @Nullable AnswerHost host(String exercise) {
        String libc = note(exercise, "libc");
        String compiler = note(exercise, "compiler");
        String machine = note(exercise, "machine");
        return libc == null || compiler == null || machine == null
                ? null
                : new AnswerHost(libc, compiler, machine, note(exercise, "kernel"));
    }

    synchronized void host(String exercise, AnswerHost host) {
        note(exercise, "libc", host.libc());
        note(exercise, "compiler", host.compiler());
        note(exercise, "machine", host.machine());
        String kernel = host.kernel();
        if (kernel != null) {
            note(exercise, "kernel", kernel);
        }
    }

    /**
     * Writes it, whole or not at all.
     *
     * @throws IOException if it cannot be written
     */
    public synchronized void save() throws IOException {
        StringBuilder text =
                new StringBuilder("# Progress of this lab, kept by brkmap; your answers stand elsewhere.\n");
        values.forEach((key, value) ->
                text.append(escaped(key)).append('=').append(escaped(value)).append('\n'));
        ReportFiles.write(file, text.toString());
    }

    private int number(String key) {
        try {
            return Math.max(0, Integer.parseInt(values.getOrDefault(key, "0")));
        } catch (NumberFormatException damaged) {
            return 0;
        }
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> {
            if (c < 0x20 || c > 0x7e) {
                out.append(String.format(java.util.Locale.ROOT, "\\u%04x", c));
            } else if ("\\=: #!".indexOf(c) >= 0) {
                out.append('\\').append((char) c);
            } else {
                out.append((char) c);
            }
        });
        return out.toString();
    }
}
