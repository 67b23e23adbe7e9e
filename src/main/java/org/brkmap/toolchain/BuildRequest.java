package org.brkmap.toolchain;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A program to build from C. Immutable; every setter returns a copy.
 *
 * @param name file name of the executable
 * @param sources the C files
 * @param outputDirectory where builds are kept; each in a folder named after its content
 * @param includes directories of headers
 * @param defines macros and their values, as {@code -DNAME=VALUE}; an empty value gives {@code -DNAME}
 * @param flags all other flags of the compiler, before the sources
 * @param libraries linker flags after the sources, such as {@code -lm}
 */
public record BuildRequest(
        String name,
        List<Path> sources,
        Path outputDirectory,
        List<Path> includes,
        Map<String, String> defines,
        List<String> flags,
        List<String> libraries) {

    /** Not optimised, so that every call in the source is a call in the program; with line numbers and warnings. */
    public static final List<String> DEFAULT_FLAGS = List.of("-O0", "-g", "-Wall", "-Wextra");

    public BuildRequest {
        sources = List.copyOf(sources);
        includes = List.copyOf(includes);
        defines = Collections.unmodifiableMap(new TreeMap<>(defines));
        flags = List.copyOf(flags);
        libraries = List.copyOf(libraries);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("nothing to build: " + name + " has no sources");
        }
        if (name.isEmpty() || name.indexOf('/') >= 0 || name.startsWith(".")) {
            throw new IllegalArgumentException("not a file name for a program: '" + name + "'");
        }
    }

    /** A program of one source with the default flags, named after it: {@code alloc_size.c} makes {@code alloc_size}. */
    public static BuildRequest of(Path source, Path outputDirectory) {
        String file = String.valueOf(source.getFileName());
        String name = file.endsWith(".c") ? file.substring(0, file.length() - 2) : file + ".out";
        return new BuildRequest(name, List.of(source), outputDirectory, List.of(), Map.of(), DEFAULT_FLAGS, List.of());
    }

    public BuildRequest named(String newName) {
        return new BuildRequest(newName, sources, outputDirectory, includes, defines, flags, libraries);
    }

    /** Adds a source. */
    public BuildRequest source(Path source) {
        return new BuildRequest(name, and(sources, source), outputDirectory, includes, defines, flags, libraries);
    }

    /** Adds a directory of headers. */
    public BuildRequest include(Path directory) {
        return new BuildRequest(name, sources, outputDirectory, and(includes, directory), defines, flags, libraries);
    }

    /** Defines a macro. */
    public BuildRequest define(String macro, String value) {
        Map<String, String> added = new TreeMap<>(defines);
        added.put(macro, value);
        return new BuildRequest(name, sources, outputDirectory, includes, added, flags, libraries);
    }

    /** Defines a macro as a whole number. */
    public BuildRequest define(String macro, long value) {
        return define(macro, Long.toString(value));
    }

    /** Adds a flag; of two that contradict each other the compiler takes the later. */
    public BuildRequest flag(String flag) {
        return new BuildRequest(name, sources, outputDirectory, includes, defines, and(flags, flag), libraries);
    }

    /** Adds a linker flag after the sources, such as {@code -lm}. */
    public BuildRequest library(String flag) {
        return new BuildRequest(name, sources, outputDirectory, includes, defines, flags, and(libraries, flag));
    }

    /** The flags a person would have to type, without the include directories. */
    String typedFlags() {
        List<String> typed = new ArrayList<>(flags);
        typed.addAll(defineFlags());
        typed.addAll(libraries);
        return String.join(" ", typed);
    }

    /** All flags that stand before the sources. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(flags);
        arguments.addAll(defineFlags());
        includes.forEach(directory -> arguments.add("-I" + argument(directory)));
        return arguments;
    }

    /** A path that the compiler takes for a file, even if its name begins like an option or a file of options. */
    static String argument(Path file) {
        String text = file.toString();
        return text.startsWith("-") || text.startsWith("@") ? "./" + text : text;
    }

    private List<String> defineFlags() {
        return defines.entrySet().stream()
                .map(define -> "-D" + define.getKey() + (define.getValue().isEmpty() ? "" : "=" + define.getValue()))
                .toList();
    }

    private static <T> List<T> and(List<T> list, T element) {
        List<T> longer = new ArrayList<>(list);
        longer.add(element);
        return longer;
    }
}
