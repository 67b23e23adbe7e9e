package org.brkmap.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The files directly in a folder, by content: tells which were saved since it was last asked, however an editor saves (in
 * place, by renaming, in several writes) and however often the file system reports it. What editors leave beside a file they
 * have open does not count. Thread-safe.
 */
public final class SavedFiles {
    /** Swap files and backups of vi, Emacs and others; vim tries out a folder with a file called 4913. */
    private static final Pattern OF_EDITORS =
            Pattern.compile("\\..*|#.*#|.*~|.*\\.(swp|swo|swx|tmp|bak|orig|kate-swp)|4913");

    private static final int MOST_BYTES = 1 << 20;

    private final Path folder;
    private Map<String, byte[]> known;

    /** Takes the files as they are now. */
    public SavedFiles(Path folder) throws IOException {
        this.folder = folder;
        this.known = read();
    }

    /** Whether some file is not as it was when it was last asked for. */
    public synchronized boolean areOld() {
        try {
            return !changed(known, read()).isEmpty();
        } catch (IOException gone) {
            return true;
        }
    }

    /**
     * The names of the files that were saved, made or deleted since this was last called.
     *
     * @throws IOException if the folder cannot be read
     */
    public synchronized Set<String> changed() throws IOException {
        Map<String, byte[]> now = read();
        Set<String> changed = changed(known, now);
        known = now;
        return changed;
    }

    private static Set<String> changed(Map<String, byte[]> before, Map<String, byte[]> now) {
        Set<String> names = new HashSet<>(before.keySet());
        names.addAll(now.keySet());
        names.removeIf(name -> Arrays.equals(before.get(name), now.get(name)));
        return names;
    }

    private Map<String, byte[]> read() throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = Objects.toString(entry.getFileName(), "");
                if (!OF_EDITORS.matcher(name).matches() && Files.isRegularFile(entry)) {
                    try (InputStream in = Files.newInputStream(entry)) {
                        files.put(name, in.readNBytes(MOST_BYTES));
                    } catch (IOException gone) {
                        files.remove(name);
                    }
                }
            }
        }
        return files;
    }
}
