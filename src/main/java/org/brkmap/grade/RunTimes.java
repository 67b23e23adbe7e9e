package org.brkmap.grade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How long the lab itself ran for each submission, in the folder {@code times} of an output: beside the results and not in them, for these are the same
 * bytes wherever they are made. Thread-safe.
 */
public final class RunTimes {
    private static final String ENDING = ".ms";

    private final Path folder;

    private RunTimes(Path folder) {
        this.folder = folder;
    }

    /** The times in an output folder. */
    public static RunTimes in(Path out) {
        return new RunTimes(out.resolve("times"));
    }

    /**
     * Keeps one.
     *
     * @param result the file of the result that was made
     */
    public void write(Path result, Duration took) throws IOException {
        Files.createDirectories(folder);
        Path temporary = Files.createTempFile(folder, ".", ".tmp");
        try {
            Files.writeString(temporary, Long.toString(took.toMillis()));
            Files.move(temporary, folder.resolve(name(result) + ENDING), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** All together; what was kept of an earlier run of the same folder included. */
    public Duration sum() throws IOException {
        return read().values().stream().reduce(Duration.ZERO, Duration::plus);
    }

    /** All that are kept, by the name of the result's file without its ending; what cannot be read is left out. */
    Map<String, Duration> read() throws IOException {
        Map<String, Duration> times = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return times;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(ENDING)).toList()) {
                String text = Files.readString(file).strip();
                if (text.matches("[0-9]{1,12}")) {
                    times.put(name(file), Duration.ofMillis(Long.parseLong(text)));
                }
            }
        }
        return times;
    }

    static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
