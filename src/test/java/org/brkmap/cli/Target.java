package org.brkmap.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.brkmap.procfs.ProcFs;
import org.brkmap.toolchain.Tool;

/** A real process for commands to look at; killed on close. */
final class Target implements AutoCloseable {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private final Process process;
    private final BufferedReader output;

    private Target(Process process) {
        this.process = process;
        output = process.inputReader();
    }

    /** Starts a program that prints a row when it is ready. The test is skipped where it is not installed. */
    static Target start(String... command) throws IOException {
        assumeTrue(Tool.exists(command[0]), () -> command[0] + " is not installed");
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new Target(process);
    }

    int pid() {
        return (int) process.pid();
    }

    String line() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IOException("the program ended without a word");
        }
        return line;
    }

    void write(String text) throws IOException {
        process.getOutputStream().write(text.getBytes());
        process.getOutputStream().flush();
    }

    /** A process's state as ps(1) shows it, {@code -} if there is none. */
    static char state(int pid) {
        try {
            return ProcFs.live().stat(pid).state();
        } catch (IOException gone) {
            return '-';
        }
    }

    /** Waits for a condition, with a deadline that names it. */
    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain: " + what);
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
