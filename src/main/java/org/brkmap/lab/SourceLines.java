package org.brkmap.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Lines of students' files, to be shown beside what is said of them; bounded, as files may be anything.
 *
 * @param root what file names are relative to
 */
record SourceLines(Path root) {
    private static final int LONGEST = 120;
    private static final int MOST_BYTES = 1 << 20;

    /** The line of this number without the blanks around it; empty if there is none. */
    String read(String file, int number) {
        try (InputStream in = Files.newInputStream(root.resolve(file))) {
            String line = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8)
                    .lines()
                    .skip(number - 1L)
                    .findFirst()
                    .orElse("")
                    .replace('\t', ' ')
                    .strip();
            return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
        } catch (IOException | RuntimeException unreadable) {
            return "";
        }
    }

    /** The number of the first line that holds the text, whatever the case of its letters; 0 if none does. */
    int find(String file, String text) {
        try (InputStream in = Files.newInputStream(root.resolve(file))) {
            String wanted = text.toLowerCase(Locale.ROOT);
            int number = 0;
            for (String line : new String(in.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1)
                    .lines()
                    .toList()) {
                number++;
                if (line.toLowerCase(Locale.ROOT).contains(wanted)) {
                    return number;
                }
            }
            return 0;
        } catch (IOException unreadable) {
            return 0;
        }
    }
}
