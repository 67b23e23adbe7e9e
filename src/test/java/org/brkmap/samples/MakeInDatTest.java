package org.brkmap.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.brkmap.toolchain.ToolResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MakeInDatTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 65_535, 65_536, 65_537, 200_000})
    void theBytesAreThoseOfTheSequenceInItsComment(int size) throws Exception {
        assertThat(generate(Integer.toString(size)).exit()).isZero();

        assertThat(directory.resolve("in.dat")).hasBinaryContent(xorshift(size));
    }

    @Test
    void withoutArgumentsItMakesThirtyTwoMebibytes() throws Exception {
        assertThat(generate().exit()).isZero();

        assertThat(directory.resolve("in.dat")).hasSize(32L << 20);
    }

    @Test
    void aShorterFileReplacesALongerOneOfTheGivenName() throws Exception {
        generate("100", "other.dat");
        generate("10", "other.dat");

        assertThat(directory.resolve("other.dat")).hasBinaryContent(xorshift(10));
        assertThat(directory.resolve("in.dat")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"-1, 2", "many, 2", "'', 2", "5x, 2", "99999999999999999999, 2"})
    void aSizeThatIsNoneIsRefusedBeforeAFileIsMade(String size, int exit) throws Exception {
        ToolResult run = generate(size);

        assertThat(run.exit()).isEqualTo(exit);
        assertThat(run.stderr())
                .isEqualTo("make_in_dat: BYTES must be a number from 0 to 1099511627776, not '" + size + "'\n");
        assertThat(directory.resolve("in.dat")).doesNotExist();
    }

    @Test
    void aFileThatCannotBeMadeIsNamed() throws Exception {
        Files.createDirectory(directory.resolve("in.dat"));

        ToolResult run = generate();

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.stderr()).isEqualTo("make_in_dat: open in.dat: EISDIR: Is a directory\n");
    }

    private ToolResult generate(String... arguments) throws Exception {
        return Samples.program(Samples.build("make_in_dat/make_in_dat.c"), arguments)
                .in(directory)
                .run();
    }

    /** Written from the published definition of xorshift64*, seed 1, lowest byte first. */
    private static byte[] xorshift(int size) {
        ByteBuffer bytes = ByteBuffer.allocate(size + Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long x = 1;
        while (bytes.position() < size) {
            x ^= x >>> 12;
            x ^= x << 25;
            x ^= x >>> 27;
            bytes.putLong(x * 0x2545F4914F6CDD1DL);
        }
        return Arrays.copyOf(bytes.array(), size);
    }
}
