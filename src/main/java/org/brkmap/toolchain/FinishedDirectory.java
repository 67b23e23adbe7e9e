package org.brkmap.toolchain;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A directory that is either absent or complete: it is filled under a temporary name and renamed. Several processes may make
 * the same one at once; all get the first that was finished.
 */
final class FinishedDirectory {
    /** Fills an empty directory. */
    interface Content {
        void writeInto(Path directory) throws IOException, InterruptedException;
    }

    private FinishedDirectory() {}

    /**
     * Makes the directory unless it is there.
     *
     * @return the directory
     */
    static Path make(Path directory, Content content) throws IOException, InterruptedException {
        if (Files.isDirectory(directory)) {
            return directory;
        }
        Path parent = directory.resolveSibling(".").normalize();
        Files.createDirectories(parent);
        Path temporary = Files.createDirectory(parent.resolve(".making-" + UUID.randomUUID()));
        try {
            content.writeInto(temporary);
            rename(temporary, directory);
        } finally {
            delete(temporary);
        }
        return directory;
    }

    private static void rename(Path temporary, Path directory) throws IOException {
        try {
            Files.move(temporary, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
