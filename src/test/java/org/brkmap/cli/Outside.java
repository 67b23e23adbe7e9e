package org.brkmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.brkmap.libc.Processes;
import org.brkmap.libc.Signal;
import org.brkmap.toolchain.ProjectFiles;

/** The command line in a JVM of its own, as a shell starts it; ended on close. */
final class Outside implements AutoCloseable {
    private static final int MINUTES = 2;

    private final Process process;
    private final Path directory;

    private Outside(Process process, Path directory) {
        this.process = process;
        this.directory = directory;
    }

    /**
     * The words that start it: Java, its options, the class, and these. What a shell runs in the background ignores Ctrl-C, and
     * so would all that the tests start there.
     */
    static List<String> command(Object... words) {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-D" + ProjectFiles.HOME_PROPERTY + "="
                        + ProjectFiles.find().orElseThrow().root(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Brkmap.class.getName()));
        for (Object word : words) {
            command.add(word.toString());
        }
        return command;
    }

    /** Starts it with output into files of this directory. */
    static Outside start(Path directory, Object... words) throws IOException {
        return start(directory, Map.of(), command(words));
    }

    static Outside start(Path directory, Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(directory.resolve("out.txt").toFile())
                .redirectError(directory.resolve("err.txt").toFile());
        builder.environment().putAll(environment);
        return new Outside(builder.start(), directory);
    }

    int pid() {
        return (int) process.pid();
    }

    boolean isRunning() {
        return process.isAlive();
    }

    void signal(Signal signal) {
        Processes.kill(pid(), signal);
    }

    /** Its exit status, once it has ended. */
    int status() throws InterruptedException {
        boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
        assertThat(ended).as("ended in time; it said: %s", err()).isTrue();
        return process.exitValue();
    }

    String out() {
        return read("out.txt");
    }

    String err() {
        return read("err.txt");
    }

    private String read(String name) {
        try {
            return Files.readString(directory.resolve(name), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
