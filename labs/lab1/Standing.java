package lab1;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.brkmap.procfs.ProcFs;

/** A program that waits for a key and is not traced, so that other tools can look at it; ended on close. */
final class Standing implements AutoCloseable {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    private final Process process;

    private Standing(Process process) {
        this.process = process;
    }

    /** Starts a program, and returns when it has printed a line and sleeps. */
    static Standing start(Path program) throws IOException {
        Standing standing = new Standing(new ProcessBuilder(program.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
        try {
            standing.awaitPrompt();
        } catch (IOException e) {
            standing.close();
            throw e;
        }
        return standing;
    }

    private void awaitPrompt() throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        while (line != null && !line.startsWith("Press key")) {
            line = output.readLine();
        }
        long deadline = System.nanoTime() + PATIENCE;
        while (ProcFs.live().stat(pid()).state() != 'S') {
            if (System.nanoTime() > deadline) {
                throw new IOException("the program does not wait for its key");
            }
            Thread.onSpinWait();
        }
    }

    int pid() {
        return (int) process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
