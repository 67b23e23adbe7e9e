package org.brkmap.observe;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.brkmap.toolchain.Tool;

/** A JVM of its own that observes, to be ended from outside; all it starts bears a mark in its environment. */
final class ObservingProcess implements AutoCloseable {
    /** The variable that holds the mark. */
    static final String MARK = "BRKMAP_TEST_MARK";

    private final Process process;
    private final String mark;

    private ObservingProcess(Process process, String mark) {
        this.process = process;
        this.mark = mark;
    }

    /** Starts a JVM that observes these programs at once. */
    static ObservingProcess start(String mark, List<Path> programs) throws IOException {
        List<String> command = new ArrayList<>(java(List.of()));
        command.addAll(List.of(Main.class.getName(), mark));
        programs.forEach(program -> command.add(program.toString()));
        return start(command, mark);
    }

    /** Starts a JVM with the command line of brkmap, whose temporary files go to the given directory. */
    static ObservingProcess brkmap(String mark, Path temporary, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(java(List.of("-Djava.io.tmpdir=" + temporary)));
        command.add("org.brkmap.cli.Brkmap");
        command.addAll(arguments);
        return start(command, mark);
    }

    private static ObservingProcess start(List<String> command, String mark) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectErrorStream(true).redirectOutput(new File("/dev/null"));
        return new ObservingProcess(builder.start(), mark);
    }

    private static List<String> java(List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(options);
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        return command;
    }

    /** Copies this JVM's class path, jars and classes, to where another user can read it. */
    static Path readableByAll(Path directory) throws IOException, InterruptedException {
        String own = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : own.split(":")) {
            if (Files.exists(Path.of(entry))) {
                String from = Files.isDirectory(Path.of(entry)) ? entry + "/." : entry;
                Tool.of("cp", "-r", from, directory.toString()).run();
            }
        }
        Tool.of("chmod", "-R", "a+rX", directory.toString()).run();
        return directory;
    }

    int pid() {
        return (int) process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it started, alive: launchers, targets and their descendants wherever they went. */
    List<Integer> targets() throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .map(Integer::valueOf)
                    .filter(this::isMarked)
                    .toList();
        }
    }

    private boolean isMarked(int pid) {
        try {
            Path environment = Path.of("/proc", String.valueOf(pid), "environ");
            String variables = Files.readString(environment, StandardCharsets.ISO_8859_1);
            return List.of(variables.split("\0")).contains(MARK + "=" + mark) && Live.lives(pid);
        } catch (IOException e) {
            return false; // it is gone, or none of ours
        }
    }

    /** How many of them execute this program by now. */
    long executing(Path program) throws IOException {
        return targets().stream()
                .map(pid -> Path.of("/proc", String.valueOf(pid), "exe").toFile())
                .filter(exe -> program.equals(target(exe.toPath())))
                .count();
    }

    private static Path target(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException e) {
            return Path.of("");
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        for (int pid : targets()) {
            Live.kill(pid);
        }
    }

    /** Observes programs, each on a thread of its own. */
    static final class Main {
        private Main() {}

        public static void main(String[] arguments) {
            for (String program : List.of(arguments).subList(1, arguments.length)) {
                Launch launch = Observed.launch(Path.of(program)).withEnvironment(MARK, arguments[0]);
                new Thread(() -> observe(launch)).start();
            }
        }

        private static void observe(Launch launch) {
            try {
                Observer.observe(launch);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
