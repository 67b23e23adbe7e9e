package org.brkmap.bench;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Copies by a program of sample-c/copy, which measures itself and prints what it took. */
final class ProgramCopy {
    private static final int MOST_OUTPUT = 64 << 10;

    /** What Java adds to the number of the signal that ended a process. */
    private static final int ENDED_BY_SIGNAL = 128;

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

    /** Runs a program to its end and returns what it printed; the end of this thread's patience (interruption) ends it too. */
    static String run(List<String> command) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("brkmap-copy", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(Redirect.from(new File("/dev/null")))
                    .redirectError(errors.toFile())
                    .start();
            try (InputStream out = process.getInputStream()) {
                String printed = new String(out.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
                int status = process.waitFor();
                if (status != 0) {
                    throw new IOException(reason(command, errors, status));
                }
                return printed;
            } finally {
                process.destroyForcibly();
            }
        } finally {
            Files.deleteIfExists(errors);
        }
    }

    private static String reason(List<String> command, Path errors, int status) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(errors)) {
            head = in.readNBytes(400);
        }
        String said = new String(head, StandardCharsets.UTF_8).strip();
        String program = Path.of(command.get(0)).getFileName().toString();
        if (!said.isEmpty()) {
            return said;
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
