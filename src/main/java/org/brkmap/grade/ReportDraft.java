package org.brkmap.grade;

import java.util.ArrayList;
import java.util.List;

/** What is known of a report so far. Not thread-safe. */
final class ReportDraft {
    private static final int MOST_FLAGS = 20;
    /** The longest text of a reason or an answer that a result keeps, in characters. */
    private static final int LONGEST = 600;

    private final String harness;
    private String lab;
    private String labVersion = "";
    private final List<GradedCheck> checks = new ArrayList<>();
    private final List<Flag> flags = new ArrayList<>();
    private final List<Difference> differences = new ArrayList<>();
    private final List<AddressBases> bases = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    ReportDraft(String lab, String harness) {
        this.lab = lab;
        this.harness = harness;
    }

    String labVersion() {
        return labVersion;
    }

    /** What lab it is of, and which version of that is here. */
    void lab(String id, String version) {
        lab = id;
        labVersion = version;
    }

    void note(String note) {
        notes.add(note);
    }

    void bases(AddressBases of) {
        bases.add(of);
    }

    void check(GradedCheck check) {
        checks.add(check);
    }

    void differs(String what, String claimed, String found) {
        differences.add(new Difference(what, shortened(claimed), shortened(found)));
    }

    /** Of what could not be judged to its end nothing counts. */
    void drop() {
        checks.clear();
    }

    static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    void flag(FlagKind kind, String reason) {
        if (flags.size() < MOST_FLAGS) {
            flags.add(Flag.of(kind, shortened(reason)));
        }
    }

    Result result(String student, Submission submission) {
        return new Result(
                student,
                submission,
                lab,
                labVersion,
                harness,
                Grading.CLAIM,
                checks,
                flags,
                null,
                differences,
                bases,
                notes,
                null);
    }
}
