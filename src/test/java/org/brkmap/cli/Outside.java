package org.brkmap.cli;

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
import org.brkmap.procfs.ProcFs;
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
     * what nohup(1) runs ignores the hang-up; so would all that the tests start there, and a JVM leaves an ignored signal alone.
     */
    static List<String> command(Object... words) {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "--default-signal=HUP,INT,TERM",
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
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            throw new AssertionError("it did not end in " + MINUTES + " minutes\n" + whatHoldsIt());
        }
        return process.exitValue();
    }

    /** Its threads as the kernel and, if it still listens, as its JVM see them, and all that it said. */
    private String whatHoldsIt() throws InterruptedException {
        StringBuilder told = new StringBuilder();
        try {
            told.append(Files.readString(Path.of("/proc", String.valueOf(pid()), "status")));
            for (int tid : ProcFs.live().threads(pid())) {
                told.append(tid).append(' ').append(ProcFs.live().threadName(pid(), tid));
                told.append(' ').append(Target.state(tid));
                told.append(' ').append(ProcFs.live().wchan(pid(), tid).orElse("-"));
                told.append(' ').append(ProcFs.live().syscall(pid(), tid)).append('\n');
            }
            // A JVM answers it with the stacks of all threads.
            signal(Signal.SIGQUIT);
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (IOException e) {
            told.append(e).append('\n');
        }
        return told + "standard output:\n" + out() + "standard error:\n" + err();
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
