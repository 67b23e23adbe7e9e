package lab4;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.brkmap.lab.Bench;

/** The files that are copied and mapped; they lie in the project's target, and hold the same bytes in every run. */
final class Inputs {
    static final String FOLDER = "target/lab4/";

    private static final int BLOCK = 1 << 20;

    private Inputs() {}

    /** A file of so many bytes that do not repeat; its name relative to the project. */
    static String file(Bench bench, String name, long bytes) {
        Path path = fresh(bench, name);
        byte[] block = new byte[(int) Math.min(BLOCK, bytes)];
        new Random(bytes).nextBytes(block);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            for (long done = 0; done < bytes; done += BLOCK) {
                // No two blocks are the same, so none can stand for another.
                block[0] = (byte) (done / BLOCK);
                file.write(block, 0, (int) Math.min(BLOCK, bytes - done));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return FOLDER + name;
    }

    /** A file of holes, with a few bytes in the middle and at the end. */
    static String sparse(Bench bench, String name, long bytes) {
        Path path = fresh(bench, name);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(bytes);
            file.seek(bytes / 2);
            file.write(new byte[] {1, 2, 3});
            file.seek(bytes - 1);
            file.write(4);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return FOLDER + name;
    }

    /** A file of the letter a. */
    static String letters(Bench bench, String name, int bytes) {
        Path path = fresh(bench, name);
        try {
            Files.writeString(path, "a".repeat(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return FOLDER + name;
    }

    /** The name of a file that does not exist. */
    static String none(Bench bench, String name) {
        fresh(bench, name);
        return FOLDER + name;
    }

    /** Its path, with nothing there but the folder around it. */
    private static Path fresh(Bench bench, String name) {
        Path path = bench.file(FOLDER + name);
        try {
            Files.createDirectories(bench.file(FOLDER));
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return path;
    }
}
