package org.brkmap.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of a lab that students write in, as they were at the beginning: those in its folder {@code starter}. */
public final class LabStarter {
    private LabStarter() {}

    /**
     * The names of a lab's starter files, in order.
     *
     * @throws IOException if the folder cannot be read
     */
    public static List<String> files(Path root, String lab) throws IOException {
        Path starter = folder(root, lab).resolve("starter");
        if (!Files.isDirectory(starter)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(starter)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /** Whether the student's file differs from the starter, or is missing. */
    public static boolean isChanged(Path root, String lab, String file) throws IOException {
        Path mine = folder(root, lab).resolve(file);
        return !Files.exists(mine)
                || Files.mismatch(mine, folder(root, lab).resolve("starter").resolve(file)) >= 0;
    }

    /**
     * Brings a starter file back. The student's is kept beside it as {@code FILE.1}, {@code FILE.2} and so on.
     *
     * @return the kept copy; empty if there was no file of the student's
     * @throws IOException if there is no such starter file (the message names those there are), or it cannot be written
     */
    public static Optional<Path> reset(Path root, String lab, String file) throws IOException {
        List<String> files = files(root, lab);
        if (!files.contains(file)) {
            String nearest = Nearest.to(file, files);
            throw new IOException("lab \"" + lab + "\" has no starter file \"" + file + "\""
                    + (nearest == null
                            ? "; it has: " + String.join(", ", files)
                            : "; did you mean \"" + nearest + "\"?"));
        }
        Path mine = folder(root, lab).resolve(file);
        Optional<Path> kept = Optional.empty();
        if (Files.exists(mine)) {
            int number = 1;
            Path copy = mine.resolveSibling(file + "." + number);
            while (Files.exists(copy)) {
                number++;
                copy = mine.resolveSibling(file + "." + number);
            }
            Files.copy(mine, copy);
            kept = Optional.of(copy);
        }
        Path fresh = mine.resolveSibling("." + file + ".new");
        Files.copy(folder(root, lab).resolve("starter").resolve(file), fresh, StandardCopyOption.REPLACE_EXISTING);
        Files.move(fresh, mine, StandardCopyOption.REPLACE_EXISTING);
        return kept;
    }

    private static Path folder(Path root, String lab) {
        return root.resolve("labs").resolve(lab);
    }
}
