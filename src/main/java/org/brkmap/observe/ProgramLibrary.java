package org.brkmap.observe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.brkmap.model.Backing;
import org.brkmap.model.Mapping;
import org.brkmap.model.Snapshot;
import org.jspecify.annotations.Nullable;

/** Which C library a program was running with, by the file that it had mapped; a static program has none that could be told. */
final class ProgramLibrary {
    private static final Pattern GLIBC =
            Pattern.compile("GNU C Library [^\\n]* release version ([0-9]+(?:\\.[0-9]+)+)");
    private static final Pattern MUSL = Pattern.compile("\\x00([0-9]+\\.[0-9]+\\.[0-9]+)\\x00");
    private static final String MUSL_MARK = "musl libc (";
    private static final long LONGEST = 16 << 20;

    /** The file under its name, and what was found in it. */
    private record File(String name, long inode) {}

    private static final Map<File, Optional<String>> KNOWN = new ConcurrentHashMap<>();

    private ProgramLibrary() {}

    /** {@code glibc 2.36}, {@code musl 1.2.3}; null if it is another, or none. */
    static @Nullable String of(List<Snapshot> snapshots) {
        if (snapshots.isEmpty()) {
            return null;
        }
        int program = snapshots.get(0).pid();
        for (int i = snapshots.size() - 1; i >= 0; i--) {
            if (snapshots.get(i).pid() == program) {
                String found = in(snapshots.get(i));
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static @Nullable String in(Snapshot snapshot) {
        for (Mapping mapping : snapshot.mappings()) {
            Backing backing = mapping.backing();
            String name = backing.name().substring(backing.name().lastIndexOf('/') + 1);
            boolean candidate = name.equals("libc.so.6") || name.equals("libc.so") || name.startsWith("ld-musl-");
            if (candidate && backing.isFile()) {
                String found = KNOWN.computeIfAbsent(new File(backing.name(), backing.inode()), ProgramLibrary::read)
                        .orElse(null);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /** What the file says of itself; nothing if it is not the one that was mapped, as in another mount namespace. */
    private static Optional<String> read(File file) {
        try {
            Path path = Path.of(file.name);
            boolean same = Files.isRegularFile(path)
                    && Files.size(path) <= LONGEST
                    && Long.valueOf(file.inode).equals(Files.getAttribute(path, "unix:ino"));
            if (!same) {
                return Optional.empty();
            }
            String text = Files.readString(path, StandardCharsets.ISO_8859_1);
            Matcher glibc = GLIBC.matcher(text);
            if (glibc.find()) {
                return Optional.of("glibc " + glibc.group(1));
            }
            Matcher musl = MUSL.matcher(text);
            return text.contains(MUSL_MARK)
                    ? Optional.of(musl.find() ? "musl " + musl.group(1) : "musl")
                    : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }
}
