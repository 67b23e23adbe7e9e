package org.brkmap.grade;

import java.util.List;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.ExerciseKind;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one check of a submission. Immutable.
 *
 * @param id as the lab names it
 * @param title what it asks
 * @param kind what sort of exercise it is, or null if it is none
 * @param extra whether its points are beyond the core of the lab
 * @param hidden whether it is one of the instructor's own, which students have not seen
 * @param points the most it can earn, as the lab gives them
 * @param earned of those
 * @param basis what this outcome rests on
 * @param expected what should have been seen, or null
 * @param actual what was seen, or why it was not judged, or null
 * @param answers what the student answered, in order
 * @param shape of the run it judged ({@link Shape}); null where it is none of the student's program
 */
public record GradedCheck(
        String id,
        String title,
        @Nullable ExerciseKind kind,
        boolean extra,
        boolean hidden,
        int points,
        int earned,
        CheckStatus status,
        Basis basis,
        @Nullable String expected,
        @Nullable String actual,
        List<String> answers,
        @Nullable String shape) {
    /** One whose run has no shape. */
    public GradedCheck(
            String id,
            String title,
            @Nullable ExerciseKind kind,
            boolean extra,
            boolean hidden,
            int points,
            int earned,
            CheckStatus status,
            Basis basis,
            @Nullable String expected,
            @Nullable String actual,
            List<String> answers) {
        this(id, title, kind, extra, hidden, points, earned, status, basis, expected, actual, answers, null);
    }

    public GradedCheck {
        answers = List.copyOf(answers);
        if (points < 0 || earned < 0 || earned > points) {
            throw new IllegalArgumentException("check " + id + " cannot earn " + earned + " of " + points + " points");
        }
    }
}
