package org.brkmap.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.brkmap.evidence.AnswerHost;
import org.jspecify.annotations.Nullable;
import org.opentest4j.MultipleFailuresError;
import org.opentest4j.TestAbortedException;

/** Judges a student's answers and edits for one exercise, and notes in the progress what was judged. */
final class Judge {
    /** In the answers of a reference solution: what is measured here, whatever it is. Only the verifier honours it. */
    static final String MEASURED = "measured";

    /** Under what the progress keeps the version of a program that was judged last. */
    static final String VERSION = "version";

    private final LabSession session;
    private final ExerciseInfo exercise;
    private final Attempt attempt;

    Judge(LabSession session, ExerciseInfo exercise, Attempt attempt) {
        this.session = session;
        this.exercise = exercise;
        this.attempt = attempt;
    }

    void predict(Function<Draw, Question> ask) {
        Verdict verdict = judge(exercise.id(), attempt -> ask.apply(session.draw(exercise.id(), attempt)));
        attempt.asks(verdict.question().text());
        attempt.tried(verdict.judged().size());
        if (verdict.right()) {
            attempt.earn(verdict.judged().size() == 1 ? exercise.points() : exercise.half(exercise.points()));
            attempt.measured(verdict.question().truth().get());
            return;
        }
        String direction = verdict.direction();
        if (direction == null) {
            throw notStarted(exercise.id() + " = ?   " + verdict.question().text());
        }
        throw wrong(exercise.id(), verdict, direction, true);
    }

    void identify(Map<String, Question> questions) {
        AnswerHost here = session.workshop().host();
        AnswerHost there = session.progress().host(exercise.id());
        if (there != null) {
            attempt.wasAnsweredOn(there);
        }
        if (here != null && there != null && !there.isLike(here)) {
            throw new TestAbortedException("answered on another machine (" + there.describe() + "); this one is "
                    + here.describe()
                    + ". Start anew with ./brkmap lab reset, or go back there");
        }
        if (!questions.keySet().equals(new LinkedHashSet<>(exercise.parts()))) {
            throw new IllegalStateException(exercise.id() + ": its parts are " + exercise.parts());
        }
        int share = exercise.points() / Math.max(1, questions.size());
        StringBuilder open = new StringBuilder();
        StringBuilder texts = new StringBuilder();
        List<AssertionError> failures = new ArrayList<>();
        int tries = 0;
        int right = 0;
        for (Map.Entry<String, Question> part : questions.entrySet()) {
            String key = exercise.id() + "." + part.getKey();
            texts.append(texts.isEmpty() ? "" : "\n")
                    .append(key)
                    .append(": ")
                    .append(part.getValue().text());
            try {
                Verdict verdict = judge(key, attempt -> part.getValue());
                tries += verdict.judged().size();
                String direction = verdict.direction();
                if (verdict.right()) {
                    right++;
                    attempt.earn(verdict.judged().size() == 1 ? share : exercise.half(share));
                } else if (direction == null) {
                    open.append("\n")
                            .append(key)
                            .append(" = ?   ")
                            .append(part.getValue().text());
                } else {
                    failures.add(wrong(key, verdict, direction, false));
                }
            } catch (NotRight malformed) {
                failures.add(malformed);
            }
        }
        attempt.asks(texts.toString());
        attempt.tried(tries);
        if (tries > 0 && there == null && here != null) {
            session.progress().host(exercise.id(), here);
            attempt.wasAnsweredOn(here);
        }
        if (!failures.isEmpty()) {
            throw failures.size() == 1 ? failures.get(0) : new MultipleFailuresError("", failures);
        }
        if (right < questions.size()) {
            throw notStarted((right == 0 ? "" : right + " of " + questions.size() + " are right; still open:") + open);
        }
    }

    void quiz(Quiz quiz) {
        String answerRight = quiz.right(session.lab(), exercise.id());
        Verdict verdict = judge(
                exercise.id(),
                attempt -> new Question(quiz.describe(), quiz.letters(), false, "another choice", () -> answerRight));
        attempt.asks(quiz.describe());
        int tries = verdict.judged().size();
        attempt.tried(tries);
        if (verdict.right()) {
            attempt.earn(tries == 1 ? exercise.points() : tries == 2 ? exercise.half(exercise.points()) : 0);
            attempt.remarks(quiz.explain(answerRight));
            return;
        }
        if (tries == 0) {
            throw notStarted(exercise.id() + " = ?   " + quiz.describe());
        }
        String last = verdict.judged().get(tries - 1).toLowerCase(Locale.ROOT);
        throw new NotRight(
                quiz.describe() + "\nyour answer " + last + ") is not right: " + quiz.why(last) + "\n"
                        + howToRetry(exercise.id(), verdict),
                "another choice",
                last);
    }

    void edited(String file, String task) {
        attempt.asks(task);
        attempt.isAbout(file, null);
        attempt.uses(file);
        Path root = session.workshop().root();
        String name = file.substring(file.lastIndexOf('/') + 1);
        Recordings recordings = session.workshop().recordings();
        if (recordings != null) {
            recordings.requireEdited(file, task);
            return;
        }
        Path path = root.resolve(file);
        String starter = file.substring(0, file.length() - name.length()) + "starter/" + name;
        if (!Files.exists(path)) {
            throw new NotRight(file + " is not there\nbring it back: ./brkmap lab reset " + session.lab() + " " + name
                    + ", or copy " + starter);
        }
        byte[] now = bytes(path);
        if (Files.exists(root.resolve(starter)) && Arrays.equals(now, bytes(root.resolve(starter)))) {
            throw new NotStarted("open " + file + ": " + task);
        }
        LabProgress progress = session.progress();
        String version = Quiz.key(session.lab(), exercise.id(), HexFormat.of().formatHex(now));
        boolean isNew = !version.equals(progress.note(exercise.id(), VERSION));
        attempt.judges(version, progress.attempts(exercise.id()), isNew);
    }

    private static byte[] bytes(Path path) {
        try {
            return new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1)
                    .replace("\r\n", "\n")
                    .getBytes(StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new NotRight(path.getFileName() + " cannot be read: " + e);
        }
    }

    /**
     * How the answers to one key came out.
     *
     * @param judged those that were judged, in order
     * @param right whether the last of them is right
     * @param direction in which way the last was wrong; null if it is right or there is none
     * @param question the one that is open, or that was answered
     */
    private record Verdict(
            List<String> judged, boolean right, @Nullable String direction, Question question) {}

    private Verdict judge(String key, IntFunction<Question> ask) {
        AnswerSheet.Problem problem = session.answers().problem(key);
        AnswerSheet.Answer written = session.answers().answer(key);
        attempt.isAbout(session.answers().file(), written == null ? null : written.line());
        attempt.uses(session.answers().file() + "#" + key);
        if (problem != null) {
            attempt.isAbout(problem.file(), problem.line());
            throw new NotRight(problem.describe());
        }
        List<String> before = session.progress().judged(key);
        List<String> answers = joined(before, written == null ? List.of() : written.values());
        attempt.answered(key, answers);
        List<String> judged = new ArrayList<>();
        String direction = null;
        for (String answer : answers) {
            Question question = ask.apply(judged.size());
            boolean measured = session.knowsTheAnswers() && answer.equals(MEASURED);
            String malformed = measured ? null : question.malformed(answer);
            if (malformed != null) {
                attempt.asks(question.text());
                throw new NotRight(session.answers().file() + (written == null ? "" : ":" + written.line()) + ": " + key
                        + ": " + malformed + "\nit does not count as an attempt\n" + question.text());
            }
            String truth = question.truth().get();
            direction = question.measured(truth).wrong(measured ? truth : answer);
            judged.add(answer);
            if (judged.size() > before.size()) {
                session.progress().judged(key, judged);
            }
            if (direction == null) {
                return new Verdict(judged, true, null, question.measured(truth));
            }
        }
        return new Verdict(judged, false, direction, ask.apply(judged.size()));
    }

    /** What was judged stays; what the file adds to it, or has in its place, comes after. */
    private static List<String> joined(List<String> before, List<String> now) {
        if (now.size() >= before.size() && now.subList(0, before.size()).equals(before)) {
            return now;
        }
        List<String> all = new ArrayList<>(before);
        String last = now.isEmpty() ? "" : now.get(now.size() - 1);
        if (!last.isEmpty() && !last.equals(before.get(before.size() - 1))) {
            all.add(last);
        }
        return all;
    }

    private NotRight wrong(String key, Verdict verdict, String direction, boolean drawnAnew) {
        String last = verdict.judged().get(verdict.judged().size() - 1);
        StringBuilder text =
                new StringBuilder(key).append(": your answer ").append(last).append(" is ");
        text.append(direction.startsWith("too") ? direction : "not right, it is " + direction);
        text.append(drawnAnew ? "\nnow with other sizes: " : "\n")
                .append(verdict.question().text());
        text.append('\n').append(howToRetry(key, verdict));
        return new NotRight(text.toString(), direction.startsWith("too") ? "not so: " + direction : direction, last);
    }

    private String howToRetry(String key, Verdict verdict) {
        return "write the next answer behind: " + key + " = " + String.join(", ", verdict.judged()) + ", ?";
    }

    private NotStarted notStarted(String what) {
        return new NotStarted(
                session.answers().isPresent()
                        ? "open " + session.answers().file() + ": " + what
                        : session.answers().file() + " is not there; bring it back: ./brkmap lab reset " + session.lab()
                                + " answers.properties. " + what);
    }
}
