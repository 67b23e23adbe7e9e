package org.brkmap.toolchain;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * brkmap's own C: the launcher, which becomes the observed program, the malloc probe, which is loaded into it, the
 * recorder, which is loaded into this JVM, the program that shuts others in,
 * and the one that starts a program without children. They are compiled on first use, kept by content, and found again by later runs.
 * Immutable; thread-safe, and several processes may ask at once.
 *
 * @param launcher absolute path of the launcher
 * @param probe absolute path of the probe's shared library
 * @param recorder absolute path of the recorder's shared library
 * @param confine absolute path of the program that sets limits and filters on itself, and executes another
 * @param compiler first line of the version of the compiler that made them
 */
public record NativeParts(Path launcher, Path probe, Path recorder, Path confine, String compiler) {
    /** All that lies under /native/ on the class path; a jar cannot be listed. */
    static final List<String> RESOURCES = List.of(
            "confine.c",
            "deny_filter.h",
            "landlock_rules.h",
            "alone.c",
            "launch.c",
            "probe.c",
            "probe_end.ld",
            "probe_layout.h",
            "record.c",
            "record.h",
            "syscall_filter.h");

    private static final String ALONE = "alone";

    private static final List<String> COMPILERS = List.of("gcc", "cc", "clang");

    private static final List<String> LAUNCHER_FLAGS = List.of("-O2", "-Wall", "-Wextra", "-Werror");

    /** initial-exec: the probe's slot must be reachable without a call of the loader, which could allocate. */
    private static final List<String> PROBE_FLAGS = List.of(
            "-O2", "-fPIC", "-shared", "-Wall", "-Wextra", "-Werror", "-ftls-model=initial-exec", "-static-libgcc");

    private static final List<String> PROBE_LIBRARIES =
            List.of("-ldl", "-pthread", "-Wl,-z,now", "-Wl,--exclude-libs,ALL");

    private static final List<String> RECORDER_FLAGS =
            List.of("-O2", "-fPIC", "-shared", "-Wall", "-Wextra", "-Werror");

    private static @Nullable NativeParts made;

    /**
     * The native parts, compiled if need be; in this JVM at most once.
     *
     * @throws MissingToolException without a C compiler
     * @throws BuildException if the compiler refuses them
     */
    public static synchronized NativeParts ready() throws IOException, InterruptedException {
        if (made == null) {
            made = make(resources(), directory(ProjectFiles.find(), System.getenv()), machinesOwn());
        }
        return made;
    }

    /** Absolute path of the program that starts another which can start no further process; see alone.c. */
    Path alone() {
        return launcher.resolveSibling(ALONE);
    }

    /** The machine's own: {@link CCompiler#VARIABLE} is for the programs, and may name one that links another C library. */
    private static CCompiler machinesOwn() throws IOException, InterruptedException {
        for (String name : COMPILERS) {
            if (Tool.exists(name)) {
                return CCompiler.find(name);
            }
        }
        return CCompiler.find();
    }

    /** Compiles the given files below the directory, unless that was done before. */
    static NativeParts make(Map<String, byte[]> files, Path directory, CCompiler compiler)
            throws IOException, InterruptedException {
        ContentHash hash = compiler.identity().add(System.getProperty("os.arch"));
        hash.add(String.join(" ", LAUNCHER_FLAGS))
                .add(String.join(" ", PROBE_FLAGS))
                .add(String.join(" ", PROBE_LIBRARIES))
                .add(String.join(" ", RECORDER_FLAGS));
        files.forEach((name, bytes) -> hash.add(name).add(bytes));
        Path built = directory.toAbsolutePath().resolve(hash.shortName());
        try {
            FinishedDirectory.make(built, into -> compile(files, compiler, into));
        } catch (BuildException | MissingToolException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(
                    "cannot write brkmap's native parts to " + directory + ": " + e
                            + ". Make the directory writable, or name another cache in XDG_CACHE_HOME.",
                    e);
        }
        return new NativeParts(
                built.resolve("launch"),
                built.resolve("libbrkmap-probe.so"),
                built.resolve("libbrkmap-record.so"),
                built.resolve("confine"),
                compiler.version());
    }

    /** {@code target/native} of the checkout, or the user's cache. */
    static Path directory(Optional<ProjectFiles> checkout, Map<String, String> environment) {
        return checkout.map(project -> project.target().resolve("native"))
                .orElseGet(() -> userCache(environment).resolve("brkmap/native"));
    }

    private static Path userCache(Map<String, String> environment) {
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        return cache.startsWith("/") ? Path.of(cache) : Path.of(System.getProperty("user.home"), ".cache");
    }

    private static Map<String, byte[]> resources() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String name : RESOURCES) {
            try (InputStream stream = NativeParts.class.getResourceAsStream("/native/" + name)) {
                if (stream == null) {
                    throw new IOException(
                            "brkmap's classes lack /native/" + name + "; build them again with mvn compile");
                }
                files.put(name, stream.readAllBytes());
            }
        }
        return files;
    }

    private static void compile(Map<String, byte[]> files, CCompiler compiler, Path into)
            throws IOException, InterruptedException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(into.resolve(file.getKey()), file.getValue());
        }
        compile(compiler, into, "launch.c", "launch", LAUNCHER_FLAGS, List.of());
        compile(compiler, into, "confine.c", "confine", LAUNCHER_FLAGS, List.of());
        compile(compiler, into, "alone.c", ALONE, LAUNCHER_FLAGS, List.of());
        List<String> libraries = new ArrayList<>(PROBE_LIBRARIES);
        libraries.addAll(List.of("-T", into.resolve("probe_end.ld").toString()));
        compile(compiler, into, "probe.c", "libbrkmap-probe.so", PROBE_FLAGS, libraries);
        compile(compiler, into, "record.c", "libbrkmap-record.so", RECORDER_FLAGS, List.of());
    }

    private static void compile(
            CCompiler compiler, Path into, String source, String product, List<String> flags, List<String> libraries)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(flags);
        arguments.addAll(List.of(
                into.resolve(source).toString(), "-o", into.resolve(product).toString()));
        arguments.addAll(libraries);
        compiler.compile("brkmap's " + source, arguments, into);
    }
}
