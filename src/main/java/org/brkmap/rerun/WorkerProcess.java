package org.brkmap.rerun;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.brkmap.sandbox.ControlGroup;
import org.brkmap.sandbox.Sandbox;
import org.brkmap.sandbox.Tier;
import org.brkmap.sandbox.User;
import org.jspecify.annotations.Nullable;

/** A worker's JVM, seen by the one who starts it. For one thread. */
final class WorkerProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);
    private static final String END = "";
    private static final long LOOK_EVERY_MILLIS = 200;

    private final Process process;
    private final Writer orders;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Path errors;
    private boolean wasStopped;

    private WorkerProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.orders = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "brkmap-worker-answers");
        reader.setDaemon(true);
        reader.start();
    }

    /** @param group that its programs enter; null where there are none */
    static WorkerProcess start(
            Stage stage, Path slot, User user, Tier tier, boolean segments, @Nullable ControlGroup group)
            throws IOException, InterruptedException {
        Path temporary = Files.createDirectories(slot.resolve("tmp"));
        user.own(slot);
        List<String> command = new ArrayList<>(group == null ? List.of() : Sandbox.workerPrefix(group));
        command.addAll(user.prefix());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx768m",
                "-Dbrkmap.home=" + stage.project(),
                "-Djava.io.tmpdir=" + temporary,
                "-Djna.tmpdir=" + temporary,
                "-cp",
                stage.classPath(),
                "org.brkmap.cli.Brkmap",
                "grade",
                "worker",
                "--job",
                slot.resolve("job").toString(),
                "--tier",
                tier.name()));
        if (segments) {
            command.add("--segments");
        }
        if (group != null) {
            group.entries().forEach(entry -> command.addAll(List.of("--group", entry.toString())));
        }
        Path errors = slot.resolve("worker.log");
        ProcessBuilder builder = new ProcessBuilder(command).directory(slot.toFile());
        builder.environment().clear();
        builder.environment().putAll(RerunWorker.environment(slot));
        builder.redirectError(errors.toFile());
        WorkerProcess worker = new WorkerProcess(builder.start(), errors);
        String answer = worker.answer(START, () -> false);
        if (!RerunWorker.READY.equals(answer)) {
            worker.close();
            throw new IOException("a worker could not be started: " + worker.lastWords());
        }
        return worker;
    }

    /**
     * Has a lab run on the files in its folder.
     *
     * @param isTooMuch is asked again and again whether it is to be stopped
     * @return what it answered; null if it gave none in this time, or was stopped, and is ended
     */
    @Nullable String run(String lab, Duration limit, BooleanSupplier isTooMuch) throws InterruptedException {
        try {
            orders.write(lab + "\n");
            orders.flush();
        } catch (IOException ended) {
            return null;
        }
        String answer = answer(limit, isTooMuch);
        if (answer == null) {
            close();
        }
        return answer;
    }

    /** Whether it was ended because it was too much. */
    boolean wasStopped() {
        return wasStopped;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    private @Nullable String answer(Duration limit, BooleanSupplier isTooMuch) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            String line = answers.poll(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            if (line == null) {
                wasStopped = isTooMuch.getAsBoolean();
                if (wasStopped || System.nanoTime() > deadline) {
                    return null;
                }
                continue;
            }
            if (line.equals(END)) {
                return null;
            }
            if (line.equals(RerunWorker.READY)
                    || line.equals(RerunWorker.DONE)
                    || line.startsWith(RerunWorker.FAILED)) {
                return line;
            }
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = lines.readLine()) != null) {
                answers.add(line);
            }
        } catch (IOException closed) {
            answers.add(END);
        }
        answers.add(END);
    }

    private String lastWords() {
        try {
            return Files.readString(errors)
                    .strip()
                    .lines()
                    .reduce((first, second) -> second)
                    .orElse("it said nothing");
        } catch (IOException e) {
            return "what it said cannot be read: " + e.getMessage();
        }
    }

    /** Ends it; what it observes ends with it. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
