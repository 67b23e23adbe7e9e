package org.brkmap.toolchain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.brkmap.model.SourceText;

/**
 * The C compiler: gcc, or another that takes its flags. Builds are cached by content: the sources, the project's headers they
 * include, the flags and the compiler, so that building again costs a hash. Immutable and thread-safe; several processes may
 * build the same program at once.
 */
public final class CCompiler {
    /** Environment variable that names another compiler, by name or path. */
    public static final String VARIABLE = "BRKMAP_CC";

    private static final String WORDS = "compiler-said.txt";
    private static final String PURPOSE = "to build the C programs";
    private static final Duration WALL_LIMIT = Duration.ofMinutes(2);

    /** What gcc, as and ld say when a limit has ended one of them. */
    private static final Pattern ENDED =
            Pattern.compile("(internal compiler error|fatal error): (Killed|CPU time limit|File size limit|Terminated)"
                    + "|(out of memory allocating|virtual memory exhausted|memory exhausted|Cannot allocate memory)"
                    + "|File too large|final close failed|CPU time limit exceeded|ld terminated with signal");

    /** What the compiler reads from the environment. */
    private static final List<String> INFLUENCES =
            List.of("CPATH", "C_INCLUDE_PATH", "LIBRARY_PATH", "COMPILER_PATH", "GCC_EXEC_PREFIX", "SOURCE_DATE_EPOCH");

    private final Path program;
    private final String version;

    private CCompiler(Path program, String version) {
        this.program = program;
        this.version = version;
    }

    /**
     * The compiler that {@value #VARIABLE} names, or gcc.
     *
     * @throws MissingToolException if it is not installed
     */
    public static CCompiler find() throws IOException, InterruptedException {
        return find(System.getenv().getOrDefault(VARIABLE, "gcc"));
    }

    /** The compiler of this name on the PATH, or at this path. */
    public static CCompiler find(String name) throws IOException, InterruptedException {
        return find(name, System.getenv().getOrDefault("PATH", ""));
    }

    static CCompiler find(String name, String path) throws IOException, InterruptedException {
        Path program = Tool.find(name, path).orElseThrow(() -> new MissingToolException(name, PURPOSE));
        ToolResult result = Tool.of(program.toString(), "--version").run();
        if (!result.succeeded()) {
            throw new IOException(program + " --version failed; is it a C compiler? It said: "
                    + (result.stdout() + result.stderr()).strip());
        }
        return new CCompiler(program, result.stdout().lines().findFirst().orElse("unknown version"));
    }

    /** First line of the compiler's version. */
    public String version() {
        return version;
    }

    /**
     * Builds a program, or finds it built. The compiler is given the sources as the request names them, so that its messages
     * and the debug information name them so.
     *
     * @throws BuildException if the compiler or linker refuses, with its words
     * @throws IOException if a file cannot be read or written
     */
    public BuiltProgram build(BuildRequest request) throws IOException, InterruptedException {
        ContentHash key =
                identity().add(request.name()).add(Path.of("").toAbsolutePath().toString());
        key.add(String.join("\0", request.arguments())).add(String.join("\0", request.libraries()));
        List<SourceText> texts = new ArrayList<>();
        for (Path source : request.sources()) {
            byte[] bytes = read(source);
            key.add(source.toString()).add(bytes);
            texts.add(new SourceText(
                    String.valueOf(source.getFileName()),
                    ContentHash.sha256(bytes),
                    new String(bytes, StandardCharsets.UTF_8)));
        }
        Path built = new BuildCache(request.outputDirectory().toAbsolutePath().resolve(request.name()))
                .make(key.shortName(), () -> headers(request), directory -> compile(request, directory));
        List<Diagnostic> warnings = DiagnosticParser.parse(Files.readString(built.resolve(WORDS)));
        return new BuiltProgram(built.resolve(request.name()), texts, request.typedFlags(), version, warnings);
    }

    /** A hash begun with all that makes this compiler differ from another. */
    ContentHash identity() {
        ContentHash hash = new ContentHash().add(program.toString()).add(version);
        Map<String, String> environment = CleanEnvironment.inherited();
        INFLUENCES.forEach(variable -> hash.add(variable + "=" + environment.getOrDefault(variable, "")));
        return hash;
    }

    /** Runs the compiler with these arguments; what it writes in between goes to the directory, so that it needs no /tmp. */
    private ToolResult run(List<String> arguments, Path directory, Path... outputs)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        return Tool.of(command)
                .neededFor(PURPOSE)
                .with("TMPDIR", directory.toAbsolutePath().toString())
                .writing(outputs)
                .wallLimit(WALL_LIMIT)
                .run();
    }

    private static byte[] read(Path source) throws IOException {
        try {
            return Files.readAllBytes(source);
        } catch (NoSuchFileException e) {
            throw new BuildException("cannot build " + source + ": there is no such file", List.of(), "");
        }
    }

    private void compile(BuildRequest request, Path directory) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(request.arguments());
        arguments.add("-fdiagnostics-color=never");
        request.sources().forEach(source -> arguments.add(BuildRequest.argument(source)));
        arguments.addAll(List.of("-o", directory.resolve(request.name()).toString()));
        arguments.addAll(request.libraries());
        compile(request.name(), arguments, directory);
    }

    /** Compiles, keeps the compiler's words in the directory, and throws if it failed. */
    void compile(String what, List<String> arguments, Path directory) throws IOException, InterruptedException {
        ToolResult result = run(arguments, directory, directory);
        String words = result.stderr() + result.stdout();
        if (result.timedOut()) {
            throw new BuildException(
                    "cannot build " + what + ": the compiler was stopped after " + WALL_LIMIT.toSeconds() + " seconds",
                    List.of(),
                    words);
        }
        Confinement confinement = Confined.inForce();
        if (confinement != null && (result.truncated() || ENDED.matcher(words).find())) {
            throw new BuildException(
                    "cannot build " + what + ": the compiler was ended at a limit (" + confinement.bounds()
                            + "). Does the source include itself, or hold a giant array with a value?",
                    List.of(),
                    words);
        }
        if (!result.succeeded()) {
            throw new BuildException("cannot build " + what, DiagnosticParser.parse(words), words);
        }
        Files.writeString(directory.resolve(WORDS), words);
    }

    /** The project's headers that the sources include; empty where the compiler cannot tell, because it will not compile. */
    private List<Path> headers(BuildRequest request) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(request.arguments());
        arguments.add("-MM");
        request.sources().forEach(source -> arguments.add(BuildRequest.argument(source)));
        ToolResult result = run(arguments, request.outputDirectory());
        return result.succeeded() ? DependencyRules.files(result.stdout()) : List.of();
    }
}
