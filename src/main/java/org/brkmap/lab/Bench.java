package org.brkmap.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.brkmap.analyse.Analysis;
import org.brkmap.toolchain.BuiltProgram;
import org.jspecify.annotations.Nullable;
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

    Bench(LabSession session) {
        this.session = session;
    }

    /** A file of the project, such as one that the student edits. */
    public Path file(String relative) {
        return session.workshop().root().resolve(relative);
    }

    /**
     * Builds the recipe's program.
     *
     * @throws AssertionError if it does not compile or there is no compiler; the first check to meet that fails,
     *     and the others that need it are not checked
     */
    public BuiltProgram build(Recipe recipe) {
        return session.workshop().build(recipe);
    }

    /**
     * Builds the recipe's program, runs it under observation to its end, and analyses what was seen.
     *
     * @throws AssertionError if it cannot be built, or did not end by itself with status 0
     * @throws TestAbortedException if programs cannot be observed here, or not to their calls: the check is then not checked
     */
    public Analysis observe(Recipe recipe) {
        try {
            Analysis run = session.workshop().observe(recipe);
            needs(
                    run.observation().host().tracesCalls(),
                    "which call does what cannot be seen here, for ptrace is refused: see the report's notes");
            return run;
        } finally {
            if (session.workshop().hasRun(recipe.name())) {
                runs.add(recipe.name());
            }
        }
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
        session.fact(name, value instanceof Integer number ? Long.valueOf(number) : value);
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
