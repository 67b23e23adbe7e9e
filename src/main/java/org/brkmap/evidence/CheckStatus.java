package org.brkmap.evidence;

/** How a check came out. {@link #PASSED} may earn all points; the others at most a part, for the parts that hold. */
public enum CheckStatus {
    PASSED("passed"),
    FAILED("failed"),
    /** Not started by the student. */
    SKIPPED("skipped"),
    /** Could not be judged here; the actual value says why. */
    NOT_CHECKED("not checked");

    private final String title;

    CheckStatus(String title) {
        this.title = title;
    }

    /** The status in words. */
    public String title() {
        return title;
    }
}
