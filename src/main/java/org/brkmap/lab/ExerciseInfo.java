package org.brkmap.lab;

import java.lang.reflect.Method;
import java.util.List;
import java.util.regex.Pattern;
import org.brkmap.evidence.ExerciseKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;

/**
 * What a lab's author says of an exercise. Immutable.
 *
 * @param title what it asks, in a sentence
 * @param points what it can earn
 * @param hints its three stages; empty where none is needed
 * @param explanation shown once it is solved; may be empty
 * @param after ids of the exercises that must be solved before
 * @param shownAfter ids of the exercises whose answer it would give away
 * @param extra whether its points are beyond the core
 * @param parts the parts that are answered one by one; empty if it is one whole
 * @param method where it stands: {@code Class.method}
 */
public record ExerciseInfo(
        String id,
        String title,
        ExerciseKind kind,
        int points,
        List<String> hints,
        String explanation,
        List<String> after,
        List<String> shownAfter,
        boolean extra,
        List<String> parts,
        String method) {
    /** How many hints an exercise has. */
    public static final int STAGES = 3;

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]*");

    public ExerciseInfo {
        hints = List.copyOf(hints);
        after = List.copyOf(after);
        shownAfter = List.copyOf(shownAfter);
        parts = List.copyOf(parts);
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    method + ": an exercise's id is small letters, digits and hyphens, and \"" + id + "\" is not");
        }
        if (points < 0) {
            throw new IllegalArgumentException(method + ": an exercise cannot give " + points + " points");
        }
        int wanted = kind == ExerciseKind.OBSERVE ? 0 : STAGES;
        if (hints.size() != wanted || hints.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(method + ": a " + kind.title() + " exercise has " + wanted
                    + " hints, and this has " + hints.size());
        }
    }

    /** The exercise that a test method is, or null if it is none. */
    static @Nullable ExerciseInfo of(Method method) {
        Exercise exercise = method.getAnnotation(Exercise.class);
        if (exercise == null) {
            return null;
        }
        DisplayName title = method.getAnnotation(DisplayName.class);
        return new ExerciseInfo(
                exercise.id(),
                title == null ? method.getName() : title.value(),
                exercise.kind(),
                exercise.points(),
                List.of(exercise.hints()),
                exercise.explanation(),
                List.of(exercise.after()),
                List.of(exercise.shownAfter()),
                exercise.extra(),
                List.of(exercise.parts()),
                method.getDeclaringClass().getSimpleName() + "." + method.getName());
    }

    /** What a second answer is worth: half, and not less than one. */
    int half(int whole) {
        return whole == 0 ? 0 : Math.max(1, whole / 2);
    }
}
