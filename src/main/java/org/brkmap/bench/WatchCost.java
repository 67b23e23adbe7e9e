package org.brkmap.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.brkmap.toolchain.Tether;

/**
 * From a save to its verdict in {@code lab watch}, as a student waits for it: the program is built, run with and without a tracer,
 * and judged. The verdict is taken from the pipe that the watch prints to. Works on a copy of the lab, so nobody's answers are touched.
 */
final class WatchCost {
    private static final String LAB = "lab2";
    private static final double TARGET_SECONDS = 1;
    /** Each verdict has one line of this kind, and nothing else has. */
    private static final String VERDICT = "Score: ";
    /** Blocks of 32 KiB, which no answer of ours has; up to 127 KiB the exercise stays unsolved, so no other run follows. */
    private static final int SMALLEST_KIB = 33;

    private static final int SIZES = 90;
    /** More moves of the break than ten blocks can need. */
    private static final int TOO_MANY = 1000;

    private final int rounds;
    private final Programs programs;

    WatchCost(int rounds, Programs programs) {
        this.rounds = rounds;
        this.programs = programs;
    }

    List<Figure> measure(IntConsumer progress) throws IOException, InterruptedException {
        Path copy = programs.project().target().resolve("bench/watch");
        delete(copy);
        Path root = programs.project().root();
        copyTree(root.resolve("labs").resolve(LAB), copy.resolve("labs").resolve(LAB));
        copyTree(
                root.resolve("labs").resolve(LAB).resolve("starter"),
                copy.resolve("labs").resolve(LAB));
        copyTree(root.resolve("sample-c"), copy.resolve("sample-c"));
        Process watch = new ProcessBuilder(command(copy))
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        Tether tether = Tether.of(watch);
        try (BufferedReader verdicts =
                new BufferedReader(new InputStreamReader(watch.getInputStream(), StandardCharsets.UTF_8))) {
            return measure(copy.resolve("labs").resolve(LAB), verdicts, progress);
        } finally {
            watch.destroyForcibly().waitFor();
            tether.release();
            delete(copy);
        }
    }

    private List<Figure> measure(Path lab, BufferedReader verdicts, IntConsumer progress)
            throws IOException, InterruptedException {
        await(verdicts);
        double[] program = new double[rounds];
        double[] answer = new double[rounds];
        String grow = Files.readString(lab.resolve("grow.c"));
        String sheet = Files.readString(lab.resolve("answers.properties"));
        for (int round = 0; round < rounds; round++) {
            progress.accept(round + 1);
            String size = "(" + (SMALLEST_KIB + round % SIZES) + " * 1024)";
            program[round] = seconds(lab.resolve("grow.c"), grow.replace("(32 * 1024)", size), verdicts);
            String moves = "moves = " + (TOO_MANY + round);
            answer[round] =
                    seconds(lab.resolve("answers.properties"), sheet.replaceFirst("(?m)^moves =.*$", moves), verdicts);
        }
        return List.of(
                Figure.of("./brkmap lab watch lab2, a saved program to its verdict", "s", program, TARGET_SECONDS),
                Figure.of("  a saved answer to its verdict", "s", answer, TARGET_SECONDS));
    }

    /** As most editors do it: written beside the file, and renamed over it. */
    private static double seconds(Path file, String text, BufferedReader verdicts)
            throws IOException, InterruptedException {
        Path beside = file.resolveSibling("." + file.getFileName());
        Files.writeString(beside, text);
        return Timing.millis(() -> {
                    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
                    await(verdicts);
                })
                / 1000;
    }

    private static void await(BufferedReader verdicts) throws IOException {
        List<String> before = new ArrayList<>();
        for (String line = verdicts.readLine(); line != null; line = verdicts.readLine()) {
            if (line.startsWith(VERDICT)) {
                return;
            }
            before.add(line);
        }
        throw new IOException("the watch ended before its verdict: " + String.join(" / ", before));
    }

    private static List<String> command(Path project) {
        List<String> command = new ArrayList<>(StartCost.jvm("-cp", System.getProperty("java.class.path")));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of("org.brkmap.cli.Brkmap", "lab", "watch", "--project", project.toString(), LAB));
        return command;
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.resolveSibling("."));
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
