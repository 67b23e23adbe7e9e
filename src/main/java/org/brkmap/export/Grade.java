package org.brkmap.export;

import java.math.BigDecimal;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.grade.FlagKind;
import org.brkmap.grade.Gradebook.Entry;
import org.brkmap.grade.Gradebook.Worth;
import org.brkmap.grade.GradedCheck;
import org.brkmap.grade.Result;
import org.brkmap.grade.Student;
import org.jspecify.annotations.Nullable;

/**
 * What one student has in one lab. Immutable.
 *
 * @param student as the gradebook knows them
 */
record Grade(Student student, String lab, Entry entry) {

    /** Whether anything was handed in. */
    boolean isHandedIn() {
        return entry.result() != null;
    }

    /** Whether it was graded from a report alone: an unverified claim. */
    boolean isClaim() {
        Result result = entry.result();
        return result != null && !result.grading().isRerun();
    }

    /**
     * The points; null where there are none to tell: nothing was handed in, or what was could not be judged, and nothing was given by
     * hand. No zero stands for "unknown".
     */
    @Nullable BigDecimal points() {
        boolean byHand = entry.flags().stream().anyMatch(flag -> flag.kind() == FlagKind.OVERRIDDEN);
        return byHand || isJudged() ? entry.earned() : null;
    }

    /** Whether there is an outcome of at least one check. */
    boolean isJudged() {
        Result result = entry.result();
        return result != null && !result.checks().isEmpty();
    }

    /** Why there are no points, or what to look at. */
    String flags() {
        return entry.flags().stream()
                .map(flag -> flag.kind().title() + ": " + flag.reason())
                .collect(java.util.stream.Collectors.joining("; "));
    }

    /** How it was graded, in words; empty if nothing was handed in. */
    String grading() {
        Result result = entry.result();
        return result == null ? "" : result.grading().title();
    }

    /** What is to be said of a check that was not passed; null of one that was. To a student, nothing of hidden ones. */
    static @Nullable String message(Worth worth, boolean toStudent) {
        GradedCheck check = worth.check();
        if (check.status() == CheckStatus.PASSED) {
            return null;
        }
        if (check.hidden() && toStudent) {
            return check.status().title() + ": a check of your instructor's";
        }
        if (check.status() == CheckStatus.SKIPPED) {
            // What was seen is then how to begin.
            return check.status().title();
        }
        StringBuilder text = new StringBuilder(check.status().title());
        if (check.expected() != null) {
            text.append("\nexpected: ").append(check.expected());
        }
        if (check.actual() != null) {
            text.append(check.expected() == null ? "\n" : "\nseen: ").append(check.actual());
        }
        return text.toString();
    }

    /** A number without zeros at its end and without an exponent. */
    static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
