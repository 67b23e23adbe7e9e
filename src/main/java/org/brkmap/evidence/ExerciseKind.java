package org.brkmap.evidence;

/** What an exercise asks of a student. */
public enum ExerciseKind {
    /** Run it, and see. */
    OBSERVE("observe"),
    /** Say what will be seen before it is. */
    PREDICT("predict"),
    /** Say what is what in a map. */
    IDENTIFY("identify"),
    /** Change a program so that its memory does something else. */
    MODIFY("modify"),
    /** Choose the answer that is right. */
    QUIZ("quiz");

    private final String title;

    ExerciseKind(String title) {
        this.title = title;
    }

    /** The kind in a word. */
    public String title() {
        return title;
    }

    /** Whether what was measured stays unsaid until the student has said it. */
    public boolean hidesWhatItMeasures() {
        return this == PREDICT || this == IDENTIFY;
    }
}
