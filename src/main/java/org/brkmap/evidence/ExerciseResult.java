package org.brkmap.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check that is an exercise has beside its outcome. Immutable.
 *
 * @param extra whether its points are beyond the core of the lab
 * @param question what it asks now, or null if its title says it all
 * @param answers what the student has answered, in order
 * @param attempts how many answers or versions of the program were judged: the student's own count
 * @param hints the hints that the student has seen, from the first on
 * @param hintsInAll how many there are
 * @param explanation why it is so; null until it is solved
 * @param answeredOn whose map the answers were read from; null if they hold anywhere, or there are none
 */
public record ExerciseResult(
        ExerciseKind kind,
        boolean extra,
        @Nullable String question,
        List<String> answers,
        int attempts,
        List<String> hints,
        int hintsInAll,
        @Nullable String explanation,
        @Nullable AnswerHost answeredOn) {

    public ExerciseResult {
        answers = List.copyOf(answers);
        hints = List.copyOf(hints);
        if (attempts < 0 || hints.size() > hintsInAll) {
            throw new IllegalArgumentException(
                    attempts + " attempts, " + hints.size() + " of " + hintsInAll + " hints: that cannot be");
        }
    }
}
