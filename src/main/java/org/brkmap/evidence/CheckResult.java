package org.brkmap.evidence;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of one check of a lab. Immutable.
 *
 * @param id stable name of the check within its lab
 * @param title what it asks, in a sentence
 * @param points the most it can earn; 0 where the lab gives no points
 * @param earned at most {@code points}
 * @param expected what should have been seen, or null
 * @param actual what was seen, or why it could not be judged, or null
 * @param hint what to try next, or null
 * @param run index of the run in the document that it judged, or null
 * @param file the source file to look at, or null
 * @param line the line in it, from 1, or null
 * @param exercise what it has as an exercise, or null if it is none
 */
public record CheckResult(
        String id,
        String title,
        int points,
        int earned,
        CheckStatus status,
        @Nullable String expected,
        @Nullable String actual,
        @Nullable String hint,
        @Nullable Integer run,
        @Nullable String file,
        @Nullable Integer line,
        @Nullable ExerciseResult exercise) {

    /** A check that is no exercise. */
    public CheckResult(
            String id,
            String title,
            int points,
            int earned,
            CheckStatus status,
            @Nullable String expected,
            @Nullable String actual,
            @Nullable String hint,
            @Nullable Integer run,
            @Nullable String file,
            @Nullable Integer line) {
        this(id, title, points, earned, status, expected, actual, hint, run, file, line, null);
    }

    public CheckResult {
        if (points < 0 || earned < 0 || earned > points) {
            throw new IllegalArgumentException("check " + id + " cannot earn " + earned + " of " + points + " points");
        }
    }

    /** A check that gives no points. */
    public static CheckResult of(
            String id, String title, CheckStatus status, @Nullable String expected, @Nullable String actual) {
        return new CheckResult(id, title, 0, 0, status, expected, actual, null, null, null, null);
    }
}
