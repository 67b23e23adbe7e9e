package org.brkmap.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.brkmap.report.ReportFiles;

/**
 * A file the user named for output. What can be wrong with it is said before a program is run for it, not after. A file is made
 * whole or not at all; a device or a pipe is written to as it is, and never replaced.
 */
final class OutputFile {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private OutputFile() {}

    /** Takes what is to be written. */
    interface Sink {
        void take(ByteBuffer bytes) throws IOException;
    }

    /** Writes a file piece by piece. */
    interface Writing {
        void to(Sink sink) throws IOException;
    }

    static void check(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("cannot write " + file + ": it is a directory. Name a file.");
        }
        if (Files.exists(file) && !Files.isWritable(file)) {
            throw new IOException("cannot write " + file + ": it is there, and not writable for you. Name another.");
        }
        if (isSpecial(file)) {
            return;
        }
        Path directory = target(file).getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new IOException("cannot write " + file + ": there is no directory " + directory + ". Make it first.");
        }
        if (!Files.isWritable(directory)) {
            throw new IOException("cannot write " + file + ": " + directory + " is not writable for you.");
        }
    }

    /** Whether both are one file, however they are written. */
    static boolean isSame(Path one, Path other) throws IOException {
        return target(one).equals(target(other)) && !isSpecial(one);
    }

    static void write(Path file, String text) throws IOException {
        if (isSpecial(file)) {
            write(file, sink -> sink.take(StandardCharsets.UTF_8.encode(text)));
        } else {
            ReportFiles.write(target(file), text);
        }
    }

    /** For what is too long to be held at once; a new file's mode is 0600. */
    static void write(Path file, Writing writing) throws IOException {
        if (isSpecial(file)) {
            fill(file, file, writing);
            return;
        }
        Path target = target(file);
        String name = "." + target.getFileName() + "."
                + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".tmp";
        Path temporary = target.resolveSibling(name);
        // First noted, then made: Ctrl-C may come between the two.
        Leftovers.add(temporary);
        try {
            Files.createFile(temporary, OWNER_ONLY);
        } catch (IOException e) {
            Leftovers.remove(temporary);
            throw failed(file, e);
        }
        try {
            fill(temporary, file, writing);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Leftovers.remove(temporary);
        }
    }

    private static void fill(Path file, Path named, Writing writing) throws IOException {
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            writing.to(bytes -> {
                try {
                    while (bytes.hasRemaining()) {
                        out.write(bytes);
                    }
                } catch (IOException e) {
                    throw failed(named, e);
                }
            });
        }
    }

    private static IOException failed(Path file, IOException e) {
        String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return new IOException("cannot write " + file + ": " + reason + ". Make room, or name another place.", e);
    }

    private static boolean isSpecial(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
    }

    /** What a symbolic link points to is written, not the link. */
    private static Path target(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        if (Files.exists(absolute)) {
            return absolute.toRealPath();
        }
        Path parent = absolute.getParent();
        Path name = absolute.getFileName();
        return parent == null || name == null || !Files.isDirectory(parent)
                ? absolute.normalize()
                : parent.toRealPath().resolve(name);
    }
}
