package org.brkmap.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one run of an exercise found out about the student's work on it. For one thread. */
final class Attempt {
    private @Nullable String question;
    private @Nullable String file;
    private @Nullable Integer line;
    private @Nullable Integer earned;
    private @Nullable Integer attempts;
    private @Nullable String remark;
    private final List<String> answers = new ArrayList<>();
    private final Map<String, String> committed = new LinkedHashMap<>();

    void asks(String text) {
        question = text;
    }

    void isAbout(String newFile, @Nullable Integer newLine) {
        file = newFile;
        line = newLine;
    }

    /** Adds points that are earned whatever else happens. */
    void earn(int points) {
        earned = (earned == null ? 0 : earned) + points;
    }

    void tried(int times) {
        attempts = times;
    }

    /** What to tell beside the explanation once it is solved. */
    void remarks(String text) {
        remark = text;
    }

    void answered(String key, List<String> values) {
        answers.addAll(values);
        committed.put(key, String.join(", ", values));
    }

    void lookAt(Path root, String text) {
        String name = file;
        if (name == null) {
            return;
        }
        try {
            List<String> lines = Files.readAllLines(root.resolve(name));
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).contains(text)) {
                    line = i + 1;
                    return;
                }
            }
        } catch (IOException unreadable) {
            line = null;
        }
    }

    @Nullable String question() {
        return question;
    }

    @Nullable String file() {
        return file;
    }

    @Nullable Integer line() {
        return line;
    }

    /** Points for the parts that hold; null if it is all or nothing. */
    @Nullable Integer earned() {
        return earned;
    }

    @Nullable Integer attempts() {
        return attempts;
    }

    @Nullable String remark() {
        return remark;
    }

    List<String> answers() {
        return List.copyOf(answers);
    }

    /** The answers by key, as the evidence keeps them. */
    Map<String, String> committed() {
        return committed;
    }
}
