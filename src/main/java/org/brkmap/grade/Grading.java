package org.brkmap.grade;

/** How a submission was graded, and so what its points are worth. */
public enum Grading {
    /** From the report that was handed in, which is unsigned: a consistent story, and no proof. */
    CLAIM("unverified claim"),
    /** Built and run again in a sandbox of user namespaces. */
    TIER_A("re-run, sandbox tier A (user namespaces)"),
    /** Built and run again under Landlock and seccomp. */
    TIER_B("re-run, sandbox tier B (Landlock and seccomp)"),
    /** Built and run again with limits only. */
    TIER_C("re-run, tier C (unsandboxed)");

    private final String title;

    Grading(String title) {
        this.title = title;
    }

    /** In words, as every page and export says it. */
    public String title() {
        return title;
    }

    /** Whether the instructor's machine saw it, so that it may be signed. */
    public boolean isRerun() {
        return this != CLAIM;
    }
}
