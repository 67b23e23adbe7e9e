package org.brkmap.lab;

import java.util.List;
import java.util.Optional;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.evidence.ExerciseResult;
import org.brkmap.evidence.LabDocument;
import org.jspecify.annotations.Nullable;

/** Where a student stands in a lab: points, a bar, and the step to take next. Immutable. */
public final class Standing {
    private static final int BAR = 20;

    private final List<CheckResult> exercises;

    /** The worksheet, where lines of it are not understood. */
    private final @Nullable CheckResult worksheet;

    private Standing(List<CheckResult> exercises, @Nullable CheckResult worksheet) {
        this.exercises = exercises;
        this.worksheet = worksheet;
    }

    /** The standing that a lab's document tells of. */
    public static Standing of(LabDocument document) {
        return new Standing(
                document.checks().stream()
                        .filter(check -> check.exercise() != null)
                        .toList(),
                document.checks().stream()
                        .filter(check -> check.id().equals(Worksheet.ID))
                        .findFirst()
                        .orElse(null));
    }

    /** What all exercises can earn together. */
    public int points() {
        return exercises.stream().mapToInt(CheckResult::points).sum();
    }

    /** What they have earned. */
    public int earned() {
        return exercises.stream().mapToInt(CheckResult::earned).sum();
    }

    /** The score with its bar and its parts, in a line; empty where a lab gives no points. */
    public String score() {
        if (points() == 0) {
            return "";
        }
        int full = earned() * BAR / points();
        return "Score: " + earned() + " of " + points() + " points  [" + "#".repeat(full) + ".".repeat(BAR - full)
                + "]  core " + part(false, false) + ", extra " + part(true, false) + ", observed " + part(false, true);
    }

    /** The exercise to do next: the first that is wrong, else the first that is not begun, the core before the extra. */
    public Optional<CheckResult> next() {
        return first(CheckStatus.FAILED, false)
                .or(() -> first(CheckStatus.SKIPPED, false))
                .or(() -> first(CheckStatus.FAILED, true))
                .or(() -> first(CheckStatus.SKIPPED, true));
    }

    /** What to do next, in a few lines; empty if nothing is left to do. */
    public List<String> step() {
        if (worksheet != null) {
            String first =
                    String.valueOf(worksheet.actual()).lines().findFirst().orElse("");
            return List.of("Next: mend " + first);
        }
        CheckResult next = next().orElse(null);
        if (next == null) {
            return points() > 0 ? List.of("Next: nothing is left to do here" + lack()) : List.of();
        }
        String open = next.actual();
        if (next.status() == CheckStatus.SKIPPED && open != null) {
            return ("Next: " + open).lines().toList();
        }
        return List.of("Next: mend \"" + next.id() + "\" (" + next.title() + ")" + at(next.file(), next.line()));
    }

    private String lack() {
        if (earned() == points()) {
            return "";
        }
        long unchecked = exercises.stream()
                .filter(check -> check.status() == CheckStatus.NOT_CHECKED)
                .count();
        return unchecked > 0
                ? "; not checked, for the reason above: " + unchecked
                : "; the points that are missing went with first answers that were wrong";
    }

    private static String at(@Nullable String file, @Nullable Integer line) {
        return file == null ? "" : " in " + file + (line == null ? "" : ":" + line);
    }

    private Optional<CheckResult> first(CheckStatus status, boolean extra) {
        return exercises.stream()
                .filter(check -> check.status() == status && isExtra(check) == extra)
                .findFirst();
    }

    private String part(boolean extra, boolean observed) {
        List<CheckResult> part = exercises.stream()
                .filter(check -> isObserved(check) == observed && (observed || isExtra(check) == extra))
                .toList();
        return part.stream().mapToInt(CheckResult::earned).sum() + " of "
                + part.stream().mapToInt(CheckResult::points).sum();
    }

    private static boolean isExtra(CheckResult check) {
        ExerciseResult exercise = check.exercise();
        return exercise != null && exercise.extra();
    }

    private static boolean isObserved(CheckResult check) {
        ExerciseResult exercise = check.exercise();
        return exercise != null && exercise.kind() == ExerciseKind.OBSERVE;
    }
}
