package org.brkmap.grade;

/** What the outcome of one check rests on. */
public enum Basis {
    /** Seen when the submission was run again. */
    RERUN("seen in a re-run"),
    /** Judged anew from the evidence in the report. */
    RECOMPUTED("recomputed from the evidence"),
    /** As the report says; its evidence does not hold what it would take to judge it anew. */
    CLAIM("as the report claims");

    private final String title;

    Basis(String title) {
        this.title = title;
    }

    /** In words. */
    public String title() {
        return title;
    }
}
