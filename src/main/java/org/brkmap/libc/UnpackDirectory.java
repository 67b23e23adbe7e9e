package org.brkmap.libc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where JNA unpacks its native half, once for each JVM. By itself it takes the user's cache or the JVM's directory for temporary
 * files, and fails where neither can be written, as in some sandboxes.
 */
final class UnpackDirectory {
    private static final String PROPERTY = "jna.tmpdir";

    private UnpackDirectory() {}

    /** Names another directory if the usual ones do not do; to be called before JNA is first used. */
    static void choose() {
        if (System.getProperty(PROPERTY) != null || canWrite(cache()) || canWrite(path("java.io.tmpdir", ""))) {
            return;
        }
        for (Path other : List.of(
                path("brkmap.home", "target"), path("user.dir", "target"), Path.of("/var/tmp"), Path.of("/dev/shm"))) {
            if (canWrite(other)) {
                System.setProperty(PROPERTY, other.toString());
                return;
            }
        }
    }

    /** JNA makes it if it is not there. */
    private static Path cache() {
        String named = System.getenv("XDG_CACHE_HOME");
        Path cache = named == null || named.isEmpty() ? path("user.home", ".cache") : Path.of(named);
        Path unpacked = cache.resolve("JNA/temp");
        try {
            return Files.createDirectories(unpacked);
        } catch (IOException e) {
            return unpacked;
        }
    }

    private static Path path(String property, String below) {
        @Nullable String value = System.getProperty(property);
        return Path.of(value == null ? "" : value).resolve(below);
    }

    private static boolean canWrite(Path directory) {
        return Files.isDirectory(directory) && Files.isWritable(directory);
    }
}
