package org.brkmap.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Files that are not finished yet, and are deleted if Ctrl-C or SIGTERM ends this JVM. Thread-safe. */
final class Leftovers {
    private static final Set<Path> UNFINISHED = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> UNFINISHED.forEach(Leftovers::delete), "brkmap-leftovers"));
    }

    private Leftovers() {}

    static void add(Path file) {
        UNFINISHED.add(file);
    }

    /** It was renamed, or is deleted now. */
    static void remove(Path file) {
        delete(file);
        UNFINISHED.remove(file);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // Its directory is gone or closed to us since: nothing more can be done about it.
            return;
        }
    }
}
