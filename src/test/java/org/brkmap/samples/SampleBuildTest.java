package org.brkmap.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampleBuildTest {
    private static final String STRICT = "-O0 -g -Wall -Wextra -Wpedantic -Werror";

    @TempDir
    Path built;

    @ParameterizedTest
    @ValueSource(strings = {"gcc", "clang"})
    void makeBuildsEverySampleWithoutAWarning(String compiler) throws Exception {
        assumeTrue(
                compiler.equals("gcc") || Tool.exists(compiler),
                compiler + " is not installed, so nothing is said about its warnings");

        ToolResult made = make("CC=" + compiler, "CFLAGS=" + STRICT);

        assertThat(made.stderr()).isEmpty();
        assertThat(made.succeeded()).isTrue();
        for (Path source : Samples.sources()) {
            assertThat(programsOf(source))
                    .as("what make builds from %s", source)
                    .isNotEmpty()
                    .allMatch(Files::isExecutable);
        }
    }

    @Test
    void makeTakesOtherValuesForAProgram() throws Exception {
        assertThat(make("alloc_size", "DEFINES=-DSTEPS=3").succeeded()).isTrue();

        assertThat(Samples.run(built.resolve("alloc_size"))
                        .stdout()
                        .lines()
                        .filter(line -> line.contains(" allocate ")))
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkpoint.h", "point.h", "die.h", "prompt.h", "copy.h"})
    void aSharedHeaderNeedsNoOtherBeforeItAndMayComeTwice(String header) throws Exception {
        Path source = Files.writeString(
                built.resolve("alone.c"),
                "#include \"%1$s\"\n#include \"%1$s\"\nint main(void) { return 0; }\n".formatted(header));

        Path program = Samples.build(Samples.request(source));

        assertThat(Samples.run(program).exit()).isZero();
    }

    @ParameterizedTest
    @MethodSource("sources")
    void aSampleSaysWhatItIsForAndWhatToTry(Path source) throws Exception {
        String text = Files.readString(Samples.FOLDER.resolve(source));
        String name = String.valueOf(source.getFileName()).replace(".c", "");

        assertThat(text).startsWith("/* " + name + ": ");
        String header = text.substring(0, text.indexOf("*/"));
        assertThat(header).contains("\n   Usage: " + name).contains("\n   Try: ");
    }

    static Stream<Path> sources() throws Exception {
        return Samples.sources().stream();
    }

    private ToolResult make(String... arguments) throws Exception {
        return Tool.of(Stream.concat(
                                Stream.of("make", "-C", Samples.FOLDER.toString(), "BUILD=" + built),
                                Stream.of(arguments))
                        .toList())
                .wallLimit(Duration.ofMinutes(3))
                .run();
    }

    /** A source makes the program of its name, or several whose names begin with it. */
    private List<Path> programsOf(Path source) throws Exception {
        String name = String.valueOf(source.getFileName()).replace(".c", "");
        try (Stream<Path> files = Files.list(built)) {
            return files.filter(file -> String.valueOf(file.getFileName()).matches(name + "(-.+)?"))
                    .toList();
        }
    }
}
