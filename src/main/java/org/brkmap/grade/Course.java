package org.brkmap.grade;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The rules of a course: one file course.properties, which docs/INSTRUCTORS.md describes. Immutable.
 *
 * @param title of the course; may be empty
 * @param attempts which of several submissions counts
 * @param labs what is said of each lab, by id
 */
public record Course(String title, Attempts attempts, LatePolicy late, Map<String, LabRules> labs) {

    /** Which of a student's submissions counts. */
    public enum Attempts {
        LATEST,
        BEST,
        FIRST
    }

    public Course {
        labs = Collections.unmodifiableMap(new LinkedHashMap<>(labs));
    }

    /** A course without rules of its own. */
    public static final Course NONE = new Course("", Attempts.LATEST, LatePolicy.FREE, Map.of());

    /**
     * Reads course.properties.
     *
     * @throws GradeException if it cannot be read, or a line is not understood; the message names all such lines
     */
    public static Course read(Path file) throws IOException {
        return new CourseReader(file.toString()).read(PropertyLines.read(file));
    }

    /** What is said of a lab; {@link LabRules#NONE} if nothing is. */
    public LabRules lab(String lab) {
        return labs.getOrDefault(lab, LabRules.NONE);
    }
}
