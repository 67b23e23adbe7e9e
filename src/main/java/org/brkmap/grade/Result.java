package org.brkmap.grade;

import java.util.Collection;
import java.util.List;
import org.brkmap.evidence.Score;
import org.jspecify.annotations.Nullable;

/**
 * What came of grading one submission: what was found, not yet what it is worth in the course. There is no time of day or
 * duration in it, so the same submission gives the same bytes wherever it is graded. Immutable.
 *
 * @param student the id on the roster; or, with the flag {@link FlagKind#UNKNOWN_STUDENT}, what the file's name gave
 * @param lab the lab it was graded as
 * @param labVersion the version of the lab's checks here ({@link LabVersion})
 * @param harness the version of brkmap that graded it
 * @param grading how it was graded
 * @param checks in the lab's order; empty if nothing could be judged
 * @param flags what to look at
 * @param fingerprint SHA-256 over the layouts without addresses of all runs, in hexadecimal; null if there are none
 * @param differences from the report that was handed in; empty if there are none, or there was no report
 * @param bases of the runs in the report that was handed in
 * @param notes sentences for the instructor, such as what a tier does not stop
 * @param repeats how the other runs of it came out; null if it was run once, or not at all
 * @param signature null unless it is a re-run that was signed
 */
public record Result(
        String student,
        Submission submission,
        String lab,
        String labVersion,
        String harness,
        Grading grading,
        List<GradedCheck> checks,
        List<Flag> flags,
        @Nullable String fingerprint,
        List<Difference> differences,
        List<AddressBases> bases,
        List<String> notes,
        @Nullable Repeats repeats,
        @Nullable Signature signature) {

    /** Name and version of the format. */
    public static final String SCHEMA = "brkmap/result/1";

    /** What stands for a lab where it is not known which. */
    public static final String NO_LAB = "unknown";

    public Result {
        checks = List.copyOf(checks);
        flags = List.copyOf(flags);
        differences = List.copyOf(differences);
        bases = List.copyOf(bases);
        notes = List.copyOf(notes);
        if (signature != null && !grading.isRerun()) {
            throw new IllegalArgumentException("only a re-run is signed, and this is an " + grading.title());
        }
    }

    /** One that was not run more than once. */
    public Result(
            String student,
            Submission submission,
            String lab,
            String labVersion,
            String harness,
            Grading grading,
            List<GradedCheck> checks,
            List<Flag> flags,
            @Nullable String fingerprint,
            List<Difference> differences,
            List<AddressBases> bases,
            List<String> notes,
            @Nullable Signature signature) {
        this(
                student,
                submission,
                lab,
                labVersion,
                harness,
                grading,
                checks,
                flags,
                fingerprint,
                differences,
                bases,
                notes,
                null,
                signature);
    }

    /** The points as the lab gives them, without the course's weights and rules. */
    public Score score() {
        return score(checks);
    }

    static Score score(Collection<GradedCheck> checks) {
        return new Score(
                checks.stream().mapToInt(GradedCheck::earned).sum(),
                checks.stream().mapToInt(GradedCheck::points).sum());
    }

    /** The same with other flags. */
    public Result withFlags(List<Flag> newFlags) {
        return new Result(
                student,
                submission,
                lab,
                labVersion,
                harness,
                grading,
                checks,
                newFlags,
                fingerprint,
                differences,
                bases,
                notes,
                repeats,
                signature);
    }

    /** The same with what other runs of it said. */
    public Result withRepeats(@Nullable Repeats newRepeats) {
        return new Result(
                student,
                submission,
                lab,
                labVersion,
                harness,
                grading,
                checks,
                flags,
                fingerprint,
                differences,
                bases,
                notes,
                newRepeats,
                signature);
    }

    /** The same with another signature, or with none. */
    public Result withSignature(@Nullable Signature newSignature) {
        return new Result(
                student,
                submission,
                lab,
                labVersion,
                harness,
                grading,
                checks,
                flags,
                fingerprint,
                differences,
                bases,
                notes,
                repeats,
                newSignature);
    }
}
