package org.brkmap.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a lab's reference solution and known cheats lie: in its own folder ({@code labs/LAB/solution},
 * {@code labs/LAB/cheats/NAME}), or among the harness's test resources ({@code src/test/resources/solutions/LAB},
 * {@code cheats/LAB/NAME}). The first keeps a lab in one place, the second keeps it out of sight.
 */
public final class LabProofs {
    /** Folders of a lab's that are no part of what students get. */
    public static final List<String> FOLDERS = List.of("solution", "cheats");

    private static final String RESOURCES = "src/test/resources";

    private LabProofs() {}

    /** The folder of the reference solution; empty if there is none. */
    public static Optional<Path> solution(Path root, String lab) {
        return Stream.of(
                        root.resolve("labs").resolve(lab).resolve("solution"),
                        root.resolve(RESOURCES).resolve("solutions").resolve(lab))
                .filter(Files::isDirectory)
                .findFirst();
    }

    /**
     * The folders of the known cheats, by name.
     *
     * @throws IOException if they cannot be read
     */
    public static List<Path> cheats(Path root, String lab) throws IOException {
        List<Path> cheats = new ArrayList<>();
        for (Path folder : List.of(
                root.resolve("labs").resolve(lab).resolve("cheats"),
                root.resolve(RESOURCES).resolve("cheats").resolve(lab))) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> found = Files.list(folder)) {
                    found.filter(Files::isDirectory).sorted().forEach(cheats::add);
                }
            }
        }
        return cheats;
    }
}
