package org.brkmap.grade;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What being late costs a submission. */
final class Lateness {
    private static final BigDecimal ALL = BigDecimal.valueOf(100);

    private Lateness() {}

    /** Percent of the points that are kept; a flag says why if it is late. */
    static BigDecimal kept(String student, Result result, Course course, LabRules rules, List<Flag> flags) {
        Instant deadline = rules.deadline(student);
        Instant submitted = result.submission().submitted();
        if (deadline == null || submitted == null || !submitted.isAfter(deadline)) {
            return ALL;
        }
        Duration late = Duration.between(deadline, submitted);
        BigDecimal kept = course.late().kept(late);
        LabRules.Extension extension = rules.extensions().get(student);
        flags.add(Flag.of(
                FlagKind.LATE,
                told(late) + " after the deadline"
                        + (extension == null ? "" : " (extended: " + extension.reason() + ")") + "; "
                        + kept.stripTrailingZeros().toPlainString() + " % of the points are kept"));
        return kept;
    }

    private static String told(Duration late) {
        if (late.toHours() >= 48) {
            return late.toDays() + " days";
        }
        return late.toMinutes() >= 120 ? late.toHours() + " hours" : Math.max(1, late.toMinutes()) + " minutes";
    }
}
