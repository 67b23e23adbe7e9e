package org.brkmap.lab;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.brkmap.evidence.LabDocument;
import org.jspecify.annotations.Nullable;

/**
 * A lab's answers.properties as a student has filled it in: lines of {@code key = answer}, several answers to one question
 * one after the other, separated by commas. A comment begins with # at the start of a line or after a blank. UTF-8. What is
 * wrong with a line is a {@link Problem}, and leaves the others as they are. Immutable.
 */
public final class AnswerSheet {
    /** The key of the number that the questions are drawn from. */
    public static final String SEED = "seed";

    private static final String NAME = "answers.properties";
    private static final int MOST_BYTES = 1 << 20;

    /**
     * What a student wrote for one key.
     *
     * @param line the line in the file, from 1
     * @param values the answers in order; empty if there is none yet
     */
    public record Answer(String key, int line, List<String> values) {
        public Answer {
            values = List.copyOf(values);
        }
    }

    /**
     * What is wrong with a line.
     *
     * @param line from 1; 0 for the whole file
     * @param key the key it is about, or null
     */
    public record Problem(String file, int line, @Nullable String key, String what) {
        /** {@code labs/lab2/answers.properties:12: unknown key …}. */
        public String describe() {
            return file + (line == 0 ? "" : ":" + line) + ": " + what;
        }
    }

    private final String file;
    private final boolean present;
    private final Map<String, Answer> answers = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> known = new HashSet<>(Set.of(SEED));

    private AnswerSheet(String file, boolean present) {
        this.file = file;
        this.present = present;
    }

    /** The sheet as a report tells of it: what was committed, and the seed. */
    static AnswerSheet of(LabDocument report) {
        AnswerSheet sheet = new AnswerSheet("answers.properties", true);
        report.answers().forEach((key, text) -> sheet.answers.put(key, new Answer(key, 1, values(text))));
        sheet.requireSeed();
        return sheet;
    }

    /** The sheet of a lab in the project of this root; its keys are those that the starter's sheet lists. */
    public static AnswerSheet of(Path root, String lab) {
        Path folder = root.resolve("labs").resolve(lab);
        Path path = folder.resolve(NAME);
        AnswerSheet sheet = new AnswerSheet("labs/" + lab + "/" + NAME, Files.exists(path));
        if (sheet.present) {
            sheet.readFile(path);
            sheet.requireSeed();
            Path starter = folder.resolve("starter").resolve(NAME);
            if (Files.exists(starter)) {
                AnswerSheet blank = new AnswerSheet(NAME, true);
                blank.readFile(starter);
                sheet.known.addAll(blank.answers.keySet());
                sheet.refuseUnknown();
            }
            sheet.problems.sort((one, other) -> Integer.compare(one.line(), other.line()));
        }
        return sheet;
    }

    /** The file, relative to the root of the project. */
    public String file() {
        return file;
    }

    /** Whether the file is there. */
    public boolean isPresent() {
        return present;
    }

    /** What was written for the key, or null if the key does not stand there. */
    public @Nullable Answer answer(String key) {
        return answers.get(key);
    }

    /** The keys whose answers are not what they were in an earlier state of the sheet. */
    Set<String> changedSince(AnswerSheet earlier) {
        Set<String> keys = new LinkedHashSet<>(earlier.answers.keySet());
        keys.addAll(answers.keySet());
        keys.removeIf(key -> values(earlier, key).equals(values(this, key)));
        return keys;
    }

    private static List<String> values(AnswerSheet sheet, String key) {
        Answer answer = sheet.answers.get(key);
        return answer == null ? List.of() : answer.values();
    }

    /** What is wrong with the file, in the order of its lines. */
    public List<Problem> problems() {
        return Collections.unmodifiableList(problems);
    }

    /** What is wrong with lines that are no exercise's: those of unknown keys, and those that are no answers at all. */
    List<Problem> problemsOfNoExercise() {
        return problems.stream()
                .filter(problem -> problem.key() == null || !known.contains(problem.key()))
                .toList();
    }

    /** What is wrong with the line of this key, or null. */
    @Nullable Problem problem(String key) {
        return problems.stream()
                .filter(problem -> key.equals(problem.key()))
                .findFirst()
                .orElse(null);
    }

    private void readFile(Path path) {
        byte[] bytes;
        try {
            if (Files.size(path) > MOST_BYTES) {
                add(0, null, "is longer than " + MOST_BYTES + " bytes, and was not read");
                return;
            }
            bytes = Files.readAllBytes(path);
        } catch (IOException e) {
            add(0, null, "cannot be read: " + e);
            return;
        }
        boolean isMarked = startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff);
        // Text has no NUL, and plain letters in UTF-16 have one each.
        if (isMarked || indexOf(bytes, (byte) 0) >= 0) {
            add(1, null, "is UTF-16, or no text; save it as UTF-8");
            return;
        }
        int start = startsWith(bytes, 0xef, 0xbb, 0xbf) ? 3 : 0;
        for (int line = 1; start < bytes.length; line++) {
            int end = start;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            readLine(line, bytes, start, end);
            start = end + 1;
        }
    }

    private void readLine(int line, byte[] bytes, int start, int end) {
        String text;
        boolean sound = true;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, start, end - start))
                    .toString();
        } catch (CharacterCodingException e) {
            text = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
            sound = false;
        }
        text = text.strip();
        if (text.isEmpty() || text.startsWith("#") || text.startsWith("!")) {
            return;
        }
        int sign = text.indexOf('=');
        if (sign < 0) {
            add(line, null, "\"" + shortened(text) + "\" is not of the form key = answer; begin a comment with #");
            return;
        }
        String key = text.substring(0, sign).strip();
        if (!sound) {
            add(line, key, "is not UTF-8; type it again in an editor that saves as UTF-8, or use plain letters");
            return;
        }
        Answer before = answers.get(key);
        if (before != null) {
            add(line, key, key + " stands there twice, first in line " + before.line() + "; keep one of the two");
            return;
        }
        answers.put(key, new Answer(key, line, values(text.substring(sign + 1))));
    }

    private static List<String> values(String text) {
        String withoutComment = text.replaceFirst("(^|\\s)#.*$", "").strip();
        return Stream.of(withoutComment.split(","))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private void requireSeed() {
        Answer seed = answers.get(SEED);
        if (seed != null
                && !seed.values().isEmpty()
                && !(seed.values().size() == 1 && seed.values().get(0).matches("[0-9]{1,18}"))) {
            add(seed.line(), SEED, "seed is one whole number, or nothing; taken as if it were nothing");
        }
    }

    private void refuseUnknown() {
        for (Answer answer : answers.values()) {
            if (!known.contains(answer.key())) {
                String nearest = Nearest.to(answer.key(), known);
                add(
                        answer.line(),
                        null,
                        "unknown key \"" + shortened(answer.key()) + "\""
                                + (nearest == null ? "" : "; did you mean \"" + nearest + "\"?"));
            }
        }
    }

    private void add(int line, @Nullable String key, String what) {
        problems.add(new Problem(file, line, key, what));
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }

    private static int indexOf(byte[] bytes, byte wanted) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static boolean startsWith(byte[] bytes, int... start) {
        if (bytes.length < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if ((bytes[i] & 0xff) != start[i]) {
                return false;
            }
        }
        return true;
    }
}
