package org.brkmap.procfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real process under the reader's eyes; killed on close. */
final class TestProcess implements AutoCloseable {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private final Process process;
    private final BufferedReader output;

    private TestProcess(Process process) {
        this.process = process;
        output = process.inputReader(UTF_8);
    }

    /** Starts a program that must be installed; the test is skipped where it is not. */
    static TestProcess start(String... command) throws IOException {
        assumeInstalled(command[0]);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.environment().put("LC_ALL", "C");
        return new TestProcess(
                builder.redirectError(ProcessBuilder.Redirect.DISCARD).start());
    }

    /** Starts a Python program that prints a row when it is ready, and then waits for ever. */
    static TestProcess python(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("python3", "-c", program));
        command.addAll(List.of(arguments));
        return start(command.toArray(String[]::new));
    }

    static void assumeInstalled(String program) {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program))),
                () -> program + " is not installed");
    }

    /** What a program prints until it ends. */
    static List<String> output(String... command) throws IOException, InterruptedException {
        try (TestProcess running = start(command)) {
            List<String> lines = new ArrayList<>();
            for (String line = running.output.readLine(); line != null; line = running.output.readLine()) {
                lines.add(line);
            }
            if (running.process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + " failed: " + lines);
            }
            return lines;
        }
    }

    int pid() {
        return (int) process.pid();
    }

    /** The next row that it prints. */
    String line() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IOException("the program ended without a word");
        }
        return line;
    }

    /** Writes to its standard input. */
    void write(String text) throws IOException {
        process.getOutputStream().write(text.getBytes(UTF_8));
        process.getOutputStream().flush();
    }

    /** Stops it, and waits until every thread stands. */
    TestProcess stop() throws IOException, InterruptedException {
        output("kill", "-STOP", Integer.toString(pid()));
        for (int tid : ProcFs.live().threads(pid())) {
            await(tid, 'T');
        }
        return this;
    }

    /** Waits until it sleeps. */
    TestProcess asleep() throws IOException {
        await(pid(), 'S');
        return this;
    }

    private static void await(int tid, char state) throws IOException {
        long deadline = System.nanoTime() + PATIENCE;
        char seen;
        do {
            seen = ProcFs.live().stat(tid).state();
            Thread.onSpinWait();
        } while (seen != state && System.nanoTime() < deadline);
        if (seen != state) {
            throw new IOException("thread " + tid + " is in state " + seen + ", not " + state);
        }
    }

    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() throws IOException {
        kill();
        boolean interrupted = false;
        while (true) {
            try {
                process.waitFor();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
