package org.brkmap.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.brkmap.analyse.Analysis;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.model.Snapshot;
import org.brkmap.toolchain.BuiltProgram;
import org.jspecify.annotations.Nullable;
import org.opentest4j.MultipleFailuresError;
import org.opentest4j.TestAbortedException;

/**
 * A check's way to the machine: it builds, observes and takes notes. What one check has built or observed the others
 * get as it is. For use by the thread that runs the check.
 */
public final class Bench {
    private final LabSession session;
    private final List<String> runs = new ArrayList<>();
    private @Nullable String finding;
    private @Nullable String next;
    private @Nullable Throwable failure;
    private @Nullable String withheld;
    private Runnable prepare = () -> {};

    private final @Nullable ExerciseInfo exercise;
    private final Attempt attempt = new Attempt();
    private final Map<String, @Nullable Object> facts = new LinkedHashMap<>();

    Bench(LabSession session, @Nullable ExerciseInfo exercise) {
        this.session = session;
        this.exercise = exercise;
    }

    /** Keeps what the check sees out of console and report, for this reason: it would give an answer away. */
    void withhold(String why) {
        withheld = why;
    }

    /** Why what it sees is kept back, or null if it is not. */
    @Nullable String withheld() {
        return withheld;
    }

    /**
     * Puts a question that is drawn anew for every answer, and judges the answer in answers.properties. Nothing is measured
     * before there is one. The first answer earns all points if it is right, a later one half.
     */
    public void predict(Function<Draw, Question> ask) {
        new Judge(session, exercise(), attempt).predict(ask);
    }

    /**
     * A draw that is the same in all checks of the lab that ask for this name, whatever was answered: for what a student looks
     * at from several sides. Another name, or another student, draws something else.
     */
    public Draw draw(String name) {
        return session.draw("/" + name, 0);
    }

    /**
     * Asks for several things about one map; each part earns its share, a later answer half of it. The answers hold for the
     * machine they were given on: on another one they are not checked.
     *
     * @param questions a question for each of the exercise's parts, by the part's name
     */
    public void identify(Map<String, Question> questions) {
        new Judge(session, exercise(), attempt).identify(questions);
    }

    /** Puts a question with choices. The first answer earns all points if it is right, the second half. */
    public void quiz(Quiz quiz) {
        new Judge(session, exercise(), attempt).quiz(quiz);
    }

    /**
     * Leaves the exercise skipped unless the student has begun it: unless the file differs from the one in the lab's folder
     * {@code starter}. A failure is then shown at that file.
     *
     * @param file relative to the root of the project
     * @param task what to do there, in a sentence
     */
    public void edited(String file, String task) {
        new Judge(session, exercise(), attempt).edited(file, task);
    }

    /** Judges parts one by one; each that holds earns its points, and the failures of the others are told together. */
    public void parts(Part... parts) {
        List<Throwable> failures = new ArrayList<>();
        for (Part part : parts) {
            try {
                part.check().run();
                attempt.earn(part.points());
            } catch (AssertionError e) {
                // Parts that build upon one demand fail with it, and it is told once.
                if (failures.stream().noneMatch(told -> told == e)) {
                    failures.add(e);
                }
            } catch (TestAbortedException e) {
                // What stands in the way of a part is told by the part that met it first, if that is one of these.
                if (failures.isEmpty()) {
                    throw e;
                }
            }
        }
        if (failures.size() == 1 && failures.get(0) instanceof AssertionError only) {
            throw only;
        }
        if (!failures.isEmpty()) {
            throw new MultipleFailuresError("", failures);
        }
    }

    /** Says which line of the student's file the failure is about: the first that holds this text. */
    public void lookAt(String text) {
        attempt.lookAt(new SourceLines(session.workshop().root()), text);
    }

    /**
     * Writes a text for the student to read beside the question, such as a map, into the lab's reports.
     *
     * @return how to name it to the student
     */
    public String sheet(String name, String text) {
        return session.sheet(name, text);
    }

    private ExerciseInfo exercise() {
        if (exercise == null) {
            throw new IllegalStateException("the method is not marked with @Exercise");
        }
        return exercise;
    }

    @Nullable ExerciseInfo exerciseOrNull() {
        return exercise;
    }

    Attempt attempt() {
        return attempt;
    }

    Map<String, @Nullable Object> facts() {
        return facts;
    }

    /** What the student has written in answers.properties for a key of its own, or null if there is nothing. */
    public AnswerSheet.@Nullable Answer answer(String key) {
        session.workshop().requireProject();
        attempt.uses(session.answers().file() + "#" + key);
        AnswerSheet.Answer answer = session.answers().answer(key);
        attempt.isAbout(session.answers().file(), answer == null ? null : answer.line());
        return answer == null || answer.values().isEmpty() ? null : answer;
    }

    /** A file of the project, such as one that the student edits. */
    public Path file(String relative) {
        session.workshop().requireProject();
        attempt.uses(relative);
        return session.workshop().root().resolve(relative);
    }

    /**
     * Builds the recipe's program.
     *
     * @throws AssertionError if it does not compile or there is no compiler; the first check to meet that fails,
     *     and the others that need it are not checked
     */
    public BuiltProgram build(Recipe recipe) {
        attempt.uses(recipe.source());
        return session.workshop().build(recipe);
    }

    /**
     * Builds the recipe's program, runs it under observation to its end, and analyses what was seen. In an exercise of kind modify a
     * program that students write is run without a tracer, too, and must behave alike: see {@link #prepare} if it changes files.
     *
     * @throws AssertionError if it cannot be built, or did not end by itself with status 0
     * @throws TestAbortedException if programs cannot be observed here, or not to their calls: the check is then not checked
     */
    public Analysis observe(Recipe recipe) {
        return observed(recipe, () -> session.workshop().observe(recipe));
    }

    /**
     * Runs the program anew, as {@link #observe(Recipe)} would, and shows every snapshot as soon as it was read: all processes
     * of the run stand still then, and their memory can be read through {@code /proc}. Roles are not known yet. A moment may
     * be shown that the analysis leaves out.
     */
    public Analysis observe(Recipe recipe, Consumer<Snapshot> look) {
        return observed(recipe, () -> session.workshop().observe(recipe, look));
    }

    private Analysis observed(Recipe recipe, Supplier<Analysis> observation) {
        attempt.uses(recipe.source());
        try {
            Analysis run = observation.get();
            needs(
                    run.observation().host().tracesCalls(),
                    "which call does what cannot be seen here, for ptrace is refused: see the report's notes");
            compareUntraced(recipe, run);
            return run;
        } finally {
            if (session.workshop().hasRun(recipe.name())) {
                runs.add(recipe.name());
            }
        }
    }

    /** A student's program earns by what it does on its own: one that behaves only while it is traced earns nothing. */
    private void compareUntraced(Recipe recipe, Analysis run) {
        if (exercise == null
                || session.isReview()
                || exercise.kind() != ExerciseKind.MODIFY
                || !session.workshop().isStudents(recipe)) {
            return;
        }
        try {
            fact(exercise.id() + ".untraced", session.workshop().compareUntraced(recipe, run, prepare));
        } catch (CheckFailure e) {
            attempt.forfeit();
            throw e;
        }
    }

    /**
     * Ends the check as not checked where a report is judged in place of programs: what the machine is asked for now is not what it
     * was where the report was made, and is not the grader's to change. Call it before you ask, or change, anything but the runs.
     */
    public void needsTheMachine() {
        needs(!session.isReview(), "it asks the machine, and a report can only be asked for its runs");
    }

    /**
     * Says what has to be done before a run of a student's program that changes files, so that a second run finds them as the first
     * did: {@link #observe(Recipe)} may run it again, untraced. Does it at once.
     */
    public void prepare(Runnable files) {
        prepare = files;
        files.run();
    }

    /** Notes in a few words what the check has found; the last note counts. */
    public void found(String format, Object... values) {
        finding = String.format(Locale.ROOT, format, values);
    }

    /** What to try next if the check fails. */
    public void next(String hint) {
        next = hint;
    }

    /**
     * Keeps a measured value in the evidence.
     *
     * @param value a whole number, a text, a truth value, or null for unknown
     */
    public void fact(String name, @Nullable Object value) {
        facts.put(name, value instanceof Integer number ? Long.valueOf(number) : value);
    }

    /** Ends the check: it cannot be judged here, and here is why. Never returns, but may stand after {@code throw}. */
    public TestAbortedException notChecked(String why) {
        throw new TestAbortedException(why);
    }

    /** Leaves the check unless this holds: it cannot be judged here, and here is why. */
    public void needs(boolean condition, String why) {
        if (!condition) {
            throw notChecked(why);
        }
    }

    /** Leaves the check unless the program ran with glibc, of whose ways it speaks. */
    public void needsGlibc(Analysis run) {
        String libc = run.observation().host().libc();
        needs(
                libc != null && libc.startsWith("glibc"),
                "this is how glibc does it, and the C library here is " + (libc == null ? "another" : libc));
    }

    /** What the check failed with, where JUnit is told in brief. */
    void failedWith(Throwable thrown) {
        failure = thrown;
    }

    @Nullable Throwable failure() {
        return failure;
    }

    @Nullable String finding() {
        return finding;
    }

    @Nullable String next() {
        return next;
    }

    /** Names of the kept runs it looked at, in order. */
    List<String> runs() {
        return runs.stream().distinct().toList();
    }
}
