package org.brkmap.bench;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import org.brkmap.toolchain.Tether;

/** Times whole runs, in milliseconds. */
final class Timing {
    /** What is timed. */
    interface Run {
        void run() throws IOException, InterruptedException;
    }

    private Timing() {}

    static double millis(Run run) throws IOException, InterruptedException {
        long start = System.nanoTime();
        run.run();
        return (System.nanoTime() - start) / 1e6;
    }

    /** From the start of a program to its end, by the cheapest way that the JDK has; what it prints is thrown away. */
    static double ofProgram(List<String> command) throws IOException, InterruptedException {
        return millis(() -> {
            Process process = new ProcessBuilder(command)
                    .redirectInput(Redirect.from(new File("/dev/null")))
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            int exit;
            Tether tether = Tether.of(process);
            try {
                exit = process.waitFor();
            } finally {
                tether.release();
            }
            if (exit != 0) {
                throw new IOException("could not time " + String.join(" ", command) + ": it ended with status " + exit);
            }
        });
    }
}
