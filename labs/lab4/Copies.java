package lab4;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.brkmap.lab.Bench;
import org.brkmap.libc.SystemFacts;
import org.brkmap.toolchain.ToolResult;

/** What is asked of a copy program. Each demand throws an AssertionError if it is not met. */
final class Copies {
    private static final String IN = CopyProgram.IN;
    private static final String OUT = CopyProgram.OUT;
    private static final long MIB = CopyProgram.MIB;

    /** A shell's exit status for a signal is this and the signal's number. */
    static final int SIGNAL = 128;

    /** Less than a block of a limit, so that a copy by any buffer has its last write cut, or refused. */
    private static final int BEYOND = 488;

    private final Bench bench;
    private final CopyProgram program;

    Copies(Bench bench, CopyProgram program) {
        this.bench = bench;
        this.program = program;
    }

    /** Files of every length at which copying begins to be different; the destination is removed before each. */
    void areRight() {
        long page = SystemFacts.pageSize();
        for (long bytes : new long[] {0, 1, page - 1, page, page + 1, MIB, 32 * MIB}) {
            isRight(Inputs.file(bench, "in.dat", bytes), bytes + " bytes");
        }
        isRight(Inputs.sparse(bench, "in.dat", 8 * MIB), "8 MiB with holes");
    }

    private void isRight(String source, String what) {
        Inputs.none(bench, "out.dat");
        long before = sum(source);
        ends(program.run(source, OUT), what);
        sameBytes(source, OUT, what);
        assertThat(sum(source))
                .as("check sum of the source of %s, after it was copied", what)
                .isEqualTo(before);
    }

    private void sameBytes(String source, String destination, String what) {
        Path from = bench.file(source);
        Path to = bench.file(destination);
        assertThat(to).as("the copy of %s", what).isRegularFile();
        try {
            assertThat(Files.isSymbolicLink(to) || Files.isSameFile(from, to))
                    .as("whether the copy of %s is only another name of the source", what)
                    .isFalse();
            assertThat(Files.size(to)).as("length of the copy of %s", what).isEqualTo(Files.size(from));
            assertThat(Files.mismatch(from, to))
                    .as("first byte at which the copy of %s differs, -1 for none", what)
                    .isEqualTo(-1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a longer file that lay there nothing is left. */
    void replaceALongerFile() {
        String what = "5000 bytes over a file of 20000";
        Inputs.file(bench, "in.dat", 5000);
        Inputs.file(bench, "out.dat", 20_000);
        ends(program.run(IN, OUT), what);
        sameBytes(IN, OUT, what);
    }

    /** A new file may be used by those who may use the source, less the umask. */
    void keepTheMode() {
        for (String mode : List.of("rwxr-xr-x", "rw-r-----", "rw-------")) {
            Inputs.file(bench, "in.dat", 5000);
            Inputs.none(bench, "out.dat");
            try {
                Files.setPosixFilePermissions(bench.file(IN), PosixFilePermissions.fromString(mode));
                ends(program.run(IN, OUT), "a file " + mode);
                assertThat(mode(OUT))
                        .as("mode of the copy of a file %s, under umask 027", mode)
                        .isEqualTo(mode.substring(0, 4) + "-" + mode.charAt(5) + "---");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    String mode(String file) {
        try {
            return PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(bench.file(file), LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What cannot be copied is told, with the file's name and a status. */
    void tellWhatFails() {
        Inputs.file(bench, "in.dat", 5000);
        String missing = Inputs.none(bench, "missing.dat");
        tells(program.run(missing, OUT), "missing.dat", "a source that is missing");
        tells(program.run("target", OUT), "target", "a source that is a directory, which cannot be read");
        String nowhere = Inputs.FOLDER + "nowhere/out.dat";
        tells(program.run(IN, nowhere), "nowhere", "a destination in a folder that is missing");
    }

    /** A device that is full is told. */
    void tellOfAFullDevice() {
        Inputs.file(bench, "in.dat", MIB);
        tells(program.run(IN, "/dev/full"), "/dev/full", "a destination without room, /dev/full");
    }

    /** A write that takes less than it was given, and the next one nothing. */
    void tellOfAShortWrite() {
        long limit = program.limit();
        Inputs.file(bench, "in.dat", limit + BEYOND);
        Inputs.none(bench, "out.dat");
        tells(
                program.runLimited(IN, OUT),
                "out.dat",
                "a destination that takes all but the last " + BEYOND
                        + " bytes: a write that takes less than it was given, and the next one nothing");
    }

    static void tells(ToolResult result, String name, String what) {
        assertThat(result.exit())
                .as("exit status for %s: an error, and no signal", what)
                .isBetween(1, SIGNAL - 1);
        assertThat(result.stderr()).as("standard error for %s", what).contains(name);
    }

    static void ends(ToolResult result, String what) {
        assertThat(result.exit())
                .as(
                        "exit status of copying %s; it said: %s",
                        what, result.stderr().strip())
                .isZero();
    }

    private long sum(String file) {
        CRC32 sum = new CRC32();
        try (InputStream in = new CheckedInputStream(Files.newInputStream(bench.file(file)), sum)) {
            in.transferTo(OutputStream.nullOutputStream());
            return sum.getValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
