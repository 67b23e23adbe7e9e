package org.brkmap.toolchain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Builds kept by content, one directory each. What a build includes is only known once it was preprocessed, so the names of its
 * headers are kept under the hash of everything else, and the build under the hash of that and the headers' content.
 */
final class BuildCache {
    /** Finds out which headers a build includes. */
    interface Headers {
        List<Path> find() throws IOException, InterruptedException;
    }

    private final Path directory;

    BuildCache(Path directory) {
        this.directory = directory;
    }

    /**
     * The directory of a build, made if need be.
     *
     * @param key hash of everything but the headers
     */
    Path make(String key, Headers headers, FinishedDirectory.Content content) throws IOException, InterruptedException {
        Path list = directory.resolve(key + ".headers");
        if (Files.exists(list)) {
            List<Path> known = Files.readAllLines(list).stream().map(Path::of).toList();
            Path built = directory.resolve(name(key, known));
            if (Files.isDirectory(built)) {
                return built;
            }
        }
        List<Path> found = headers.find();
        // Named before it is compiled: if a header is edited meanwhile, the name is of the older one and is not found
        // again.
        Path built = FinishedDirectory.make(directory.resolve(name(key, found)), content);
        write(list, found.stream().map(Path::toString).collect(Collectors.joining("\n")));
        return built;
    }

    private static String name(String key, List<Path> headers) throws IOException {
        ContentHash hash = new ContentHash().add(key);
        for (Path header : headers) {
            hash.add(header.toString()).add(Files.isRegularFile(header) ? Files.readAllBytes(header) : new byte[0]);
        }
        return hash.shortName();
    }

    private static void write(Path file, String text) throws IOException {
        Path temporary = file.resolveSibling(".making-" + UUID.randomUUID());
        Files.writeString(temporary, text);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
