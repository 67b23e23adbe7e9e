package org.brkmap.grade;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a course says of one lab. Immutable.
 *
 * @param weight of this lab in the course
 * @param max what its points are scaled to; null to leave them
 * @param deadline when it is due; null if it never is
 * @param version of the lab's checks that results should be graded with; null if it does not matter
 * @param partial whether a check that earned a part counts with it
 * @param hidden a folder of checks beside the lab's own, relative to course.properties; null for none
 * @param column the title of its column in Canvas, with the number of the assignment; null for the lab's id
 * @param points what an exercise is worth, where that is not what the lab says
 * @param extensions deadlines of single students, by id
 * @param overrides points given by hand, by {@code STUDENT} or {@code STUDENT/EXERCISE}
 */
public record LabRules(
        BigDecimal weight,
        @Nullable BigDecimal max,
        @Nullable Instant deadline,
        @Nullable String version,
        boolean partial,
        @Nullable String hidden,
        @Nullable String column,
        Map<String, BigDecimal> points,
        Map<String, Extension> extensions,
        Map<String, ByHand> overrides) {

    /**
     * Another deadline for one student.
     *
     * @param reason never empty
     */
    public record Extension(Instant deadline, String reason) {}

    /**
     * Points given by hand, which a regrade keeps.
     *
     * @param reason never empty
     */
    public record ByHand(BigDecimal points, String reason) {}

    public LabRules {
        points = Map.copyOf(points);
        extensions = Map.copyOf(extensions);
        overrides = Map.copyOf(overrides);
    }

    /** Nothing but what the lab says. */
    public static final LabRules NONE =
            new LabRules(BigDecimal.ONE, null, null, null, true, null, null, Map.of(), Map.of(), Map.of());

    /** When it is due for this student; null if it never is. */
    public @Nullable Instant deadline(String student) {
        Extension extension = extensions.get(student);
        return extension == null ? deadline : extension.deadline();
    }
}
