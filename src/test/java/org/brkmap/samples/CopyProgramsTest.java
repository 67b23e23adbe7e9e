package org.brkmap.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.brkmap.toolchain.ToolResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CopyProgramsTest {
    private static final int[] SIZES = {0, 1, 4095, 4096, 4097, 8191, 8192, 8193, 1 << 20};

    @TempDir
    Path directory;

    static Stream<String> programs() {
        return Stream.of("mmap_copy", "read_write_copy");
    }

    static Stream<Arguments> programsAndSizes() {
        return programs().flatMap(program -> IntStream.of(SIZES).mapToObj(size -> Arguments.of(program, size)));
    }

    @ParameterizedTest
    @MethodSource("programsAndSizes")
    void theCopyEqualsTheSource(String program, int size) throws Exception {
        Path source = random("from", size);
        Path destination = directory.resolve("to");

        ToolResult run = copy(program, source.toString(), destination.toString());

        assertThat(run.stderr()).isEmpty();
        assertThat(run.exit()).isZero();
        assertThat(run.stdout()).matches(size + " bytes from .*/from to .*/to in [0-9]+\\.[0-9]{6} s\n");
        assertThat(destination).hasSameBinaryContentAs(source);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void withoutArgumentsItCopiesInDatToOutDat(String program) throws Exception {
        Path source = random("in.dat", 10_000);

        assertThat(copy(program).exit()).isZero();

        assertThat(directory.resolve("out.dat")).hasSameBinaryContentAs(source);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void nothingIsLeftOfALongerDestination(String program) throws Exception {
        Path source = random("from", 5000);
        Path destination = random("to", 20_000);

        assertThat(copy(program, "from", "to").exit()).isZero();

        assertThat(destination).hasSameBinaryContentAs(source);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void aNewDestinationIsReadableByItsOwner(String program) throws Exception {
        random("from", 10);

        assertThat(copy(program, "from", "to").exit()).isZero();

        assertThat(Files.getPosixFilePermissions(directory.resolve("to")))
                .contains(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE)
                .doesNotContain(PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.OTHERS_WRITE);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void aMissingSourceIsNamedAndNoDestinationAppears(String program) throws Exception {
        ToolResult run = copy(program, "nowhere", "to");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.stderr()).isEqualTo(program + ": open nowhere: ENOENT: No such file or directory\n");
        assertThat(directory.resolve("to")).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void aFileIsNotCopiedOntoItselfByAnyName(String program) throws Exception {
        Path source = random("from", 5000);
        byte[] before = Files.readAllBytes(source);
        Files.createSymbolicLink(directory.resolve("symbolic"), source);
        Files.createLink(directory.resolve("hard"), source);

        for (String name : new String[] {"from", "symbolic", "hard"}) {
            ToolResult run = copy(program, "from", name);
            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.stderr()).isEqualTo(program + ": from and " + name + " are the same file\n");
        }
        assertThat(source).hasBinaryContent(before);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void aSourceThatIsNoRegularFileIsRefused(String program) throws Exception {
        ToolResult run = copy(program, directory.toString(), "to");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.stderr()).isEqualTo(program + ": " + directory + " is not a regular file\n");
        assertThat(directory.resolve("to")).doesNotExist();
    }

    @Test
    void theBufferOfReadWriteCopyIsSetAtBuild() throws Exception {
        Path source = random("from", 100_003);

        Path program = Samples.build(
                Samples.request("read_write_copy/read_write_copy.c").define("BUFFER", 7));
        assertThat(Samples.program(program, "from", "to").in(directory).run().exit())
                .isZero();

        assertThat(directory.resolve("to")).hasSameBinaryContentAs(source);
    }

    private ToolResult copy(String program, String... arguments) throws Exception {
        return Samples.program(Samples.build(program + "/" + program + ".c"), arguments)
                .in(directory)
                .run();
    }

    private Path random(String name, int size) throws Exception {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Files.write(directory.resolve(name), bytes);
    }
}
