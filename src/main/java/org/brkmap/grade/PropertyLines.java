package org.brkmap.grade;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lines of {@code key = value} in UTF-8, with their numbers; a comment is a line that begins with #. */
final class PropertyLines {
    private static final int MAX_BYTES = 4 << 20;

    private PropertyLines() {}

    /** What a line says. */
    record Value(int line, String text) {}

    static Map<String, Value> read(Path file) throws IOException {
        byte[] bytes;
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new GradeException(file + " has more than " + MAX_BYTES + " bytes, and is not read");
            }
            bytes = Files.readAllBytes(file);
        } catch (GradeException e) {
            throw e;
        } catch (IOException e) {
            throw new GradeException(file + " cannot be read: " + e, e);
        }
        try {
            return parse(
                    file.toString(),
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException e) {
            throw new GradeException(file + " is not UTF-8; save it as UTF-8", e);
        }
    }

    static Map<String, Value> parse(String file, String text) throws GradeException {
        Map<String, Value> values = new LinkedHashMap<>();
        int number = 0;
        for (String raw : text.split("\r?\n", -1)) {
            number++;
            String line = raw.replace("\ufeff", "").strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int sign = line.indexOf('=');
            if (sign <= 0) {
                throw new GradeException(file + ":" + number + ": not of the form key = value; begin a comment with #");
            }
            String key = line.substring(0, sign).strip();
            Value before =
                    values.put(key, new Value(number, line.substring(sign + 1).strip()));
            if (before != null) {
                throw new GradeException(file + ":" + number + ": " + key + " stands there twice, first in line "
                        + before.line() + "; keep one of the two");
            }
        }
        return values;
    }
}
