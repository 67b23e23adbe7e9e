package org.brkmap.toolchain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run of an external program: what to run, where, and within which limits. It gets pipes of its own and none of this
 * process's descriptors, the environment of {@link CleanEnvironment}, and is killed with all its descendants when it passes
 * a limit. Immutable; every setter returns a copy. Not for programs that are to be traced.
 */
public final class Tool {
    private static final Duration WALL_LIMIT = Duration.ofSeconds(60);
    private static final int OUTPUT_LIMIT = 8 << 20;

    private final List<String> command;
    private final String purpose;
    private final Path directory;
    private final Map<String, String> environment;
    private final Duration wallLimit;
    private final int outputLimit;
    private final String stdin;
    private final @Nullable List<Path> outputs;

    private Tool(
            List<String> command,
            String purpose,
            Path directory,
            Map<String, String> environment,
            Duration wallLimit,
            int outputLimit,
            String stdin,
            @Nullable List<Path> outputs) {
        this.command = List.copyOf(command);
        this.purpose = purpose;
        this.directory = directory;
        this.environment = Map.copyOf(environment);
        this.wallLimit = wallLimit;
        this.outputLimit = outputLimit;
        this.stdin = stdin;
        this.outputs = outputs;
        if (this.command.isEmpty()) {
            throw new IllegalArgumentException("a command has at least the program's name");
        }
    }

    /**
     * A program and its arguments, passed verbatim: no shell reads them. By default it runs in the current directory with
     * empty input, at most 60 seconds, and may print 8 MiB.
     *
     * @param command the program, by name on the PATH or by path, then its arguments
     */
    public static Tool of(List<String> command) {
        return new Tool(command, "here", Path.of(""), CleanEnvironment.inherited(), WALL_LIMIT, OUTPUT_LIMIT, "", null);
    }

    /** The same as {@link #of(List)}. */
    public static Tool of(String... command) {
        return of(List.of(command));
    }

    /** Runs a program with the default limits. */
    public static ToolResult run(List<String> command) throws IOException, InterruptedException {
        return of(command).run();
    }

    /** What the program is needed for, to be told when it is missing: {@code "to build the C programs"}. */
    public Tool neededFor(String newPurpose) {
        return new Tool(command, newPurpose, directory, environment, wallLimit, outputLimit, stdin, outputs);
    }

    /** The working directory. */
    public Tool in(Path newDirectory) {
        return new Tool(command, purpose, newDirectory, environment, wallLimit, outputLimit, stdin, outputs);
    }

    /** Adds one variable to the environment. */
    public Tool with(String variable, String value) {
        Map<String, String> added = new LinkedHashMap<>(environment);
        added.put(variable, value);
        return new Tool(command, purpose, directory, added, wallLimit, outputLimit, stdin, outputs);
    }

    /** The most time it may take. */
    public Tool wallLimit(Duration newLimit) {
        return new Tool(command, purpose, directory, environment, newLimit, outputLimit, stdin, outputs);
    }

    /** The most bytes it may print on standard output, and again on standard error. */
    public Tool outputLimit(int bytes) {
        return new Tool(command, purpose, directory, environment, wallLimit, bytes, stdin, outputs);
    }

    /** What it reads from standard input. */
    public Tool stdin(String text) {
        return new Tool(command, purpose, directory, environment, wallLimit, outputLimit, text, outputs);
    }

    /** Where it writes, if what this JVM runs is confined; otherwise it may write to the folders a lab keeps for programs. */
    public Tool writing(Path... directories) {
        return new Tool(command, purpose, directory, environment, wallLimit, outputLimit, stdin, List.of(directories));
    }

    /**
     * Runs it to its end, or to a limit. Passing a limit is no error here: the result says so.
     *
     * @throws MissingToolException if the program is not on the PATH
     * @throws IOException if it cannot be started
     * @throws InterruptedException if this thread was interrupted; the program is then killed
     */
    public ToolResult run() throws IOException, InterruptedException {
        if (!Files.isDirectory(directory)) {
            throw new IOException("cannot run " + command.get(0) + " in "
                    + (directory.toString().isEmpty() ? whereWeAre() : directory + ": no such directory"));
        }
        Confinement confinement = Confined.inForce();
        if (confinement == null) {
            return new Execution(argv(), directory, environment, wallLimit, outputLimit, stdin).run();
        }
        List<String> confined = confinement.confine(new Confinement.Command(
                argv(), directory.toAbsolutePath().normalize(), ownEnvironment(), outputs, false));
        return confined(confined).run();
    }

    /** The command of a {@link Confinement}, to be ended as it asks for. */
    public ToolResult runConfined() throws IOException, InterruptedException {
        return confined(argv()).run();
    }

    private Execution confined(List<String> argv) {
        return new Execution(argv, directory, Map.of(), wallLimit, outputLimit, stdin, ProcessTree.endedByItsWarden());
    }

    /** What is set for this tool, and not merely inherited. */
    private Map<String, String> ownEnvironment() {
        Map<String, String> own = new LinkedHashMap<>(environment);
        CleanEnvironment.inherited().forEach((name, value) -> {
            if (!name.equals("PATH") && !name.equals("LC_ALL")) {
                own.remove(name, value);
            }
        });
        return own;
    }

    /** Why the JVM has lost its own directory: a locale without the letters of its path, or somebody removed it. */
    private static String whereWeAre() {
        return "the current directory: it was removed, or this locale (" + System.getProperty("sun.jnu.encoding")
                + ") has no bytes for the letters of its path. Set LC_ALL=C.UTF-8, and try again";
    }

    private List<String> argv() throws MissingToolException {
        String program = command.get(0);
        Path found = find(program, environment.getOrDefault("PATH", ""))
                .orElseThrow(() -> new MissingToolException(program, purpose));
        return Stream.concat(Stream.of(found.toString()), command.stream().skip(1))
                .toList();
    }

    /** Whether a program of this name is on the PATH. */
    public static boolean exists(String program) {
        return find(program, CleanEnvironment.inherited().getOrDefault("PATH", ""))
                .isPresent();
    }

    /** The executable file that a shell with this PATH would run. Symbolic links are kept: some compilers go by their name. */
    static Optional<Path> find(String program, String path) {
        if (program.indexOf('/') >= 0) {
            return Optional.of(Path.of(program).toAbsolutePath()).filter(Tool::isProgram);
        }
        for (String directory : path.split(":", -1)) {
            Path candidate = Path.of(directory, program).toAbsolutePath();
            if (!directory.isEmpty() && isProgram(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
