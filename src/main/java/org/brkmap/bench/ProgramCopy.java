package org.brkmap.bench;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Copies by a program of sample-c/copy, which measures itself and prints what it took. */
final class ProgramCopy {
    private static final int MOST_OUTPUT = 64 << 10;
    private static final int MOST_REASON = 400;

    /** What Java adds to the number of the signal that ended a process. */
    private static final int ENDED_BY_SIGNAL = 128;

    private static final int SIGINT = 2;
    private static final int SIGBUS = 7;

    private ProgramCopy() {}

    /** {@code PROGRAM [-s] SOURCE DESTINATION [HOW]}. */
    static CopyStrategy.Method program(Path program, String... how) {
        return (source, destination, synced) -> {
            List<String> command = new ArrayList<>(List.of(program.toString()));
            if (synced) {
                command.add("-s");
            }
            command.add(source.toString());
            command.add(destination.toString());
            command.addAll(List.of(how));
            return CopyMeasure.parse(run(command));
        };
    }

    /** A command that knows nothing of measuring, run by copy_command; {@code {source}} and {@code {destination}} are put in. */
    static CopyStrategy.Method command(Path runner, String... command) {
        return (source, destination, synced) -> {
            List<String> whole = new ArrayList<>(List.of(runner.toString()));
            if (synced) {
                whole.add("-s");
            }
            whole.add(destination.toString());
            for (String word : command) {
                whole.add(word.replace("{source}", source.toString()).replace("{destination}", destination.toString()));
            }
            return CopyMeasure.parse(run(whole));
        };
    }

    /**
     * Runs a program to its end and returns what it printed; the end of this thread's patience (interruption)
     * ends it too.
     *
     * @throws IOException if it fails, with what it said
     */
    static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .start();
        try (InputStream out = process.getInputStream()) {
            String printed = new String(out.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status == ENDED_BY_SIGNAL + SIGINT) {
                throw new InterruptedException("Ctrl-C, which a terminal sends to every program that runs on it");
            }
            if (status != 0) {
                throw new IOException(reason(command, printed.strip(), status));
            }
            return printed;
        } finally {
            process.destroyForcibly();
        }
    }

    private static String reason(List<String> command, String said, int status) {
        String program = Path.of(command.get(0)).getFileName().toString();
        if (!said.isEmpty()) {
            return said.substring(0, Math.min(MOST_REASON, said.length()));
        }
        if (status == ENDED_BY_SIGNAL + SIGBUS) {
            return program
                    + " was ended by SIGBUS: a file became shorter while it was mapped, or the disk has no room for"
                    + " its pages";
        }
        if (status > ENDED_BY_SIGNAL) {
            return program + " was ended by signal " + (status - ENDED_BY_SIGNAL);
        }
        return program + " ended with status " + status;
    }
}
