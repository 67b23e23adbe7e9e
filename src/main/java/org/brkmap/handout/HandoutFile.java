package org.brkmap.handout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One file of a handout: its path in there, its content, and whether it may be executed. Nobody changes the content. */
final class HandoutFile {
    private final String path;
    private final byte[] bytes;
    private final boolean program;

    private HandoutFile(String path, byte[] bytes, boolean program) {
        this.path = path;
        this.bytes = bytes;
        this.program = program;
    }

    static HandoutFile of(Path root, String path) throws IOException {
        return new HandoutFile(path, Files.readAllBytes(root.resolve(path)), false);
    }

    static HandoutFile text(String path, String text) {
        return new HandoutFile(path, text.getBytes(StandardCharsets.UTF_8), false);
    }

    /** All regular files below a folder of the project; none if there is no such folder. Links are not followed. */
    static SortedMap<String, HandoutFile> tree(Path root, String folder) throws IOException {
        SortedMap<String, HandoutFile> files = new TreeMap<>();
        if (Files.isDirectory(root.resolve(folder))) {
            try (Stream<Path> found = Files.walk(root.resolve(folder))) {
                for (Path file : found.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                        .toList()) {
                    String path = root.relativize(file).toString();
                    files.put(path, of(root, path));
                }
            }
        }
        return files;
    }

    HandoutFile asProgram() {
        return new HandoutFile(path, bytes, true);
    }

    HandoutFile at(String newPath) {
        return new HandoutFile(newPath, bytes, program);
    }

    /** Relative to the handout, with slashes. */
    String path() {
        return path;
    }

    byte[] bytes() {
        return bytes;
    }

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Its content as text; bytes that are not UTF-8 are shown as replacement characters. */
    String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    void writeTo(Path directory) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, bytes);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
    }
}
