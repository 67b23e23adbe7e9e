package org.brkmap.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brkmap.evidence.AnswerHost;
import org.jspecify.annotations.Nullable;

/** What one run of an exercise found out about the student's work on it. For one thread. */
final class Attempt {
    private @Nullable String question;
    private @Nullable String file;
    private @Nullable Integer line;
    private @Nullable Integer earned;
    private boolean isForfeited;
    private @Nullable Integer attempts;
    private int earlier;
    private @Nullable String version;
    private @Nullable String remark;
    private @Nullable AnswerHost answeredOn;
    private @Nullable String measured;
    private final Set<String> uses = new LinkedHashSet<>();
    private final List<String> answers = new ArrayList<>();
    private final Map<String, String> committed = new LinkedHashMap<>();

    void asks(String text) {
        question = text;
    }

    /** Notes that the exercise looks at a file, or at a key of the worksheet: {@code FILE#KEY}. */
    void uses(String what) {
        uses.add(what);
    }

    Set<String> uses() {
        return Set.copyOf(uses);
    }

    void isAbout(String newFile, @Nullable Integer newLine) {
        file = newFile;
        line = newLine;
    }

    /** Adds points that are earned whatever else happens. */
    void earn(int points) {
        earned = (earned == null ? 0 : earned) + points;
    }

    /** Whatever was earned is not, and nothing more will be. */
    void forfeit() {
        isForfeited = true;
    }

    void tried(int times) {
        attempts = times;
    }

    /**
     * Notes that a version of a program is judged.
     *
     * @param hash of its text
     * @param before how many were judged before it, itself included if it was one of them
     * @param isNew whether it was not the last one judged
     */
    void judges(String hash, int before, boolean isNew) {
        version = hash;
        earlier = before;
        attempts = before + (isNew ? 1 : 0);
    }

    /** Takes that back: it does not compile, so there was nothing to judge. */
    void judgesNothing() {
        if (version != null) {
            version = null;
            attempts = earlier;
        }
    }

    /** The version of a program that was judged, or null. */
    @Nullable String version() {
        return version;
    }

    /** Notes whose map the answers were read from. */
    void wasAnsweredOn(AnswerHost host) {
        answeredOn = host;
    }

    /** Whose map the answers were read from; null if they hold anywhere, or there are none. */
    @Nullable AnswerHost answeredOn() {
        return answeredOn;
    }

    /** What to tell beside the explanation once it is solved. */
    void remarks(String text) {
        remark = text;
    }

    /** What a prediction was about, once it is solved. */
    void measured(String value) {
        measured = value;
    }

    void answered(String key, List<String> values) {
        answers.addAll(values);
        committed.put(key, String.join(", ", values));
    }

    void lookAt(SourceLines files, String text) {
        String name = file;
        if (name != null) {
            int found = files.find(name, text);
            line = found == 0 ? null : Integer.valueOf(found);
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
        return isForfeited ? Integer.valueOf(0) : earned;
    }

    @Nullable Integer attempts() {
        return attempts;
    }

    @Nullable String remark() {
        return remark;
    }

    /** What was measured for a prediction that is right; null for all else. */
    @Nullable String measured() {
        return measured;
    }

    List<String> answers() {
        return List.copyOf(answers);
    }

    /** The answers by key, as the evidence keeps them. */
    Map<String, String> committed() {
        return committed;
    }
}
