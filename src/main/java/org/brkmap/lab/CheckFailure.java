package org.brkmap.lab;

import java.io.IOException;
import org.brkmap.analyse.Analysis;
import org.brkmap.model.CallSite;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Ending;
import org.brkmap.toolchain.BuildException;
import org.brkmap.toolchain.Diagnostic;
import org.brkmap.toolchain.MissingToolException;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/** A check that fails before it could compare anything: its program does not compile, crashed, or hung. */
final class CheckFailure extends AssertionFailedError {
    private static final long serialVersionUID = 1L;

    private final @Nullable String next;
    private final @Nullable String file;
    private final @Nullable Integer line;
    private final boolean isUnbuilt;

    private CheckFailure(
            String message,
            String expected,
            String actual,
            @Nullable String next,
            @Nullable String file,
            @Nullable Integer line,
            boolean isUnbuilt) {
        super(message, expected, actual);
        this.next = next;
        this.file = file;
        this.line = line;
        this.isUnbuilt = isUnbuilt;
    }

    /** There is no compiler. */
    static CheckFailure missing(MissingToolException e, String lab) {
        return new CheckFailure(
                String.valueOf(e.getMessage()),
                e.tool() + " on the PATH",
                "not found",
                "install it, then run mvn test -P" + lab + " again",
                null,
                null,
                true);
    }

    /** Building failed, and not by the compiler's judgement. */
    static CheckFailure notBuilt(Recipe recipe, IOException e) {
        String why = String.valueOf(e.getMessage());
        return new CheckFailure(
                recipe.sourceName() + " could not be built: " + why, "a program", why, null, null, null, true);
    }

    /** The compiler refuses the source; in its own words. */
    static CheckFailure doesNotCompile(Recipe recipe, BuildException e, String lab) {
        Diagnostic first = e.diagnostics().stream()
                .filter(diagnostic -> diagnostic.severity() == Diagnostic.Severity.ERROR)
                .findFirst()
                .orElse(null);
        Integer line = first == null ? null : first.line();
        return new CheckFailure(
                String.valueOf(e.getMessage()),
                recipe.sourceName() + " compiles",
                first == null ? e.words().strip() : first.describe(),
                "mend " + recipe.source() + (line == null ? "" : ", line " + line) + ", then run " + lab + " again",
                recipe.source(),
                line,
                true);
    }

    /** The program crashed, hung, or ended with another status than 0. */
    static CheckFailure endedBadly(Recipe recipe, Analysis run) {
        Ending ending = run.observation().ending();
        CallSite where = ending.where();
        StringBuilder text = new StringBuilder(recipe.sourceName()).append(" should end by itself");
        text.append("\n  expected: exit status 0\n  actual:   ").append(ending.describe());
        if (where != null) {
            text.append(" at ").append(where.describe());
        }
        String detail = ending.detail();
        if (detail != null && !detail.equals(ending.signal())) {
            text.append("\n            ").append(detail);
        }
        String last = run.observation().snapshots().stream()
                .filter(snapshot -> snapshot.kind() != CheckpointKind.CRASH && snapshot.kind() != CheckpointKind.LIMIT)
                .reduce((earlier, later) -> later)
                .map(snapshot -> '"' + snapshot.label() + '"')
                .orElse("its start");
        text.append("\n  last checkpoint: ").append(last);
        return new CheckFailure(
                text.toString(),
                "exit status 0",
                ending.describe(),
                ending.endedBy() == null
                        ? "read what it printed, and its last calls, in the report"
                        : "look behind " + last
                                + " for a loop or a wait without an end; its last calls are in the report",
                where == null ? null : relative(where.file(), recipe),
                where == null ? null : where.line(),
                false);
    }

    /** It noticed the observer, or hangs on something else that is not the same without one. */
    static CheckFailure behavesDifferently(Recipe recipe, String what) {
        return new CheckFailure(
                recipe.sourceName() + " behaves differently when it is not traced\n  " + what,
                "the same memory at each checkpoint, with and without a tracer",
                what,
                "judged is what the program does when nobody looks: it must not ask whether it is traced, nor read memory that"
                        + " it has not set",
                recipe.source(),
                null,
                false);
    }

    /** The recipe's source as the recipe calls it, relative to the project; another file as it is. */
    private static @Nullable String relative(@Nullable String file, Recipe recipe) {
        return file != null && file.endsWith("/" + recipe.source()) ? recipe.source() : file;
    }

    /** Whether there was no program to judge. */
    boolean isUnbuilt() {
        return isUnbuilt;
    }

    /** What to do next. */
    @Nullable String next() {
        return next;
    }

    /** The source file to look at. */
    @Nullable String file() {
        return file;
    }

    @Nullable Integer line() {
        return line;
    }
}
