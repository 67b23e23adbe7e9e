package org.brkmap.export;

import java.util.Locale;

/** A form that grades are exported in. */
public enum Format {
    /** Canvas's gradebook import, CSV. */
    CANVAS(".csv"),
    /** Moodle's grade import, CSV. */
    MOODLE(".csv"),
    /** Moodle's offline grading worksheet of one assignment, CSV. */
    MOODLE_WORKSHEET(".csv"),
    /** results.json of a Gradescope autograder. */
    GRADESCOPE(""),
    /** result.json of a Classroom 50 autograder, classroom50/result/v1. */
    CLASSROOM50(""),
    /** What GitHub Classroom's reporter read: JSON in base64. */
    GITHUB(""),
    /** results.json of an Exercism test runner, version 3. */
    EXERCISM(""),
    /** JUnit's XML, as CI servers read it. */
    JUNIT(".xml"),
    /** A plain table with a column for each exercise. */
    CSV(".csv");

    private final String ending;

    Format(String ending) {
        this.ending = ending;
    }

    /** Whether there is a file for each student. */
    public boolean isForEachStudent() {
        return ending.isEmpty();
    }

    /** Where it goes in an output folder if nothing else is said: a file, or a folder. */
    public String place() {
        return this + ending;
    }

    /** As it is typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
