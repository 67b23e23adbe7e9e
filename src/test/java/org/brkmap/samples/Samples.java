package org.brkmap.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.brkmap.toolchain.BuildRequest;
import org.brkmap.toolchain.CCompiler;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;

/** Builds the sample programs for the tests, each with every warning an error, and runs them. */
final class Samples {
    static final Path FOLDER = Path.of("sample-c").toAbsolutePath();
    static final Path COMMON = FOLDER.resolve("common");

    private static final Path BUILT = Path.of("target", "sample-tests").toAbsolutePath();

    private Samples() {}

    /** How to build the program in this file of sample-c. */
    static BuildRequest request(String source) {
        return request(FOLDER.resolve(source));
    }

    /** How to build the program in this file, which may include what the samples share. */
    static BuildRequest request(Path source) {
        return BuildRequest.of(source, BUILT).include(COMMON).flag("-Wpedantic").flag("-Werror");
    }

    static Path build(BuildRequest request) throws Exception {
        return CCompiler.find().build(request).executable();
    }

    static Path build(String source) throws Exception {
        return build(request(source));
    }

    /** How to run a program; its output and time are limited. */
    static Tool program(Path executable, String... arguments) {
        return Tool.of(command(executable, arguments));
    }

    static List<String> command(Path executable, String... arguments) {
        List<String> command = new ArrayList<>(List.of(executable.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    static ToolResult run(Path executable, String... arguments) throws Exception {
        return program(executable, arguments).run();
    }

    /** The C files of all samples, relative to sample-c. */
    static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".c"))
                    .map(FOLDER::relativize)
                    .filter(file -> !file.startsWith("build"))
                    .sorted()
                    .toList();
        }
    }
}
