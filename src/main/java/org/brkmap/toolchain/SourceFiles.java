package org.brkmap.toolchain;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.brkmap.model.SourceText;
import org.jspecify.annotations.Nullable;

/**
 * Finds the sources of a program that somebody else built, by the names in its debug information. A program may name any file:
 * only what is called as sources are, is text of moderate length, lies below one of given directories and is not newer than the
 * program is read. Thread-safe.
 */
public final class SourceFiles {
    private static final Set<String> ENDINGS =
            Set.of("c", "h", "cc", "cpp", "cxx", "hh", "hpp", "s", "rs", "go", "f90");
    private static final long MOST_BYTES = 256 * 1024;
    private static final int MOST_FILES = 16;

    private final Path program;
    private final List<Path> directories;

    /**
     * Sources of a program.
     *
     * @param program its file
     * @param directories those below which sources may lie
     */
    public SourceFiles(Path program, List<Path> directories) {
        this.program = program;
        this.directories = List.copyOf(directories);
    }

    /** The texts of those of the named files that may be shown, in their order; names that are not absolute are left out. */
    public List<SourceText> read(Collection<String> names) {
        List<SourceText> texts = new ArrayList<>();
        for (String name : names) {
            SourceText text = texts.size() < MOST_FILES ? text(name) : null;
            if (text != null && !texts.contains(text)) {
                texts.add(text);
            }
        }
        return texts;
    }

    private @Nullable SourceText text(String name) {
        try {
            Path file = Path.of(name);
            if (!file.isAbsolute() || !isSource(name) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return null;
            }
            Path real = file.toRealPath();
            if (!isBelow(real) || Files.size(real) > MOST_BYTES || isNewer(real)) {
                return null;
            }
            byte[] bytes = Files.readAllBytes(real);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new SourceText(String.valueOf(real.getFileName()), ContentHash.sha256(bytes), text);
        } catch (InvalidPathException | CharacterCodingException e) {
            return null; // no name of a file here, or no text
        } catch (IOException e) {
            return null; // not readable any more: the report does without it
        }
    }

    private static boolean isSource(String name) {
        return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    private boolean isBelow(Path real) throws IOException {
        for (Path directory : directories) {
            if (real.startsWith(directory.toRealPath())) {
                return true;
            }
        }
        return false;
    }

    /** What was changed since the program was built has its lines elsewhere. */
    private boolean isNewer(Path source) throws IOException {
        return Files.getLastModifiedTime(source).compareTo(Files.getLastModifiedTime(program)) > 0;
    }
}
