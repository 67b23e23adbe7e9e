package lab7;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Recipe;
import org.brkmap.libc.SystemFacts;

/** Targets, and the files that they map. Their bytes are drawn anew each time, so that no dump of another run will do. */
final class Spaces {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Spaces() {}

    /** A process with an address space as told: see space.c. */
    static Recipe of(String name, Object... words) {
        return Recipe.of("space: " + name, "labs/lab7/space.c")
                .arguments(RANDOM.nextInt(1 << 30))
                .arguments(words);
    }

    /** A process that does not stand still at once: see late.c. */
    static Recipe late() {
        return Recipe.of("late", "labs/lab7/late.c");
    }

    /** A file of so many bytes; its whole path, as maps will show it. */
    static String file(Bench bench, String name, long bytes) {
        try {
            Path folder = Files.createDirectories(bench.file(Ground.FOLDER + "files"));
            Path path = folder.toRealPath().resolve(name);
            byte[] content = new byte[Math.toIntExact(bytes)];
            RANDOM.nextBytes(content);
            Files.write(path, content);
            return path.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of two pages. */
    static String file(Bench bench, String name) {
        return file(bench, name, 2L * SystemFacts.pageSize());
    }
}
