package org.brkmap.rerun;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.ExerciseResult;
import org.brkmap.evidence.LabDocument;
import org.brkmap.evidence.RunDocument;
import org.brkmap.grade.AddressBases;
import org.brkmap.grade.Bases;
import org.brkmap.grade.Basis;
import org.brkmap.grade.Difference;
import org.brkmap.grade.Flag;
import org.brkmap.grade.FlagKind;
import org.brkmap.grade.GradedCheck;
import org.brkmap.grade.Grading;
import org.brkmap.grade.Result;
import org.brkmap.grade.Shape;
import org.brkmap.grade.Submission;
import org.brkmap.model.Ending;
import org.brkmap.sandbox.Tier;
import org.jspecify.annotations.Nullable;

/** Makes the result of one submission out of what a re-run saw. */
final class Verdict {
    /** What compiler, assembler and linker say when a limit of the sandbox has ended them. */
    private static final Pattern LIMITS =
            Pattern.compile("Killed|CPU time limit|File too large|File size limit|memory exhausted|out of memory"
                    + "|Cannot allocate memory|final close failed");

    /** What gcc hands to the assembler and the linker bears another name each time, and a verdict does not. */
    private static final Pattern TEMPORARY = Pattern.compile("\\bcc[A-Za-z0-9]{6}\\.([a-z]{1,3})\\b");

    /** So do addresses; those of a run that is over help nobody. */
    private static final Pattern ADDRESS = Pattern.compile("\\b(?:0x[0-9a-f]{6,16}|[0-9a-f]{8,16}-[0-9a-f]{8,16})\\b");

    private final String student;
    private final Submission submission;
    private final String lab;
    private final String labVersion;
    private final String harness;
    private final Tier tier;
    private final boolean isBounded;
    private final Set<String> open;
    private final String job;

    /**
     * @param lab empty if it is not known
     * @param isBounded whether a control group bounds what its programs hold together
     * @param open ids of the checks that students have
     * @param job where it was run, which is no part of what was seen
     */
    Verdict(
            String student,
            Submission submission,
            String lab,
            String labVersion,
            String harness,
            Tier tier,
            boolean isBounded,
            Set<String> open,
            Path job) {
        this.student = student;
        this.submission = submission;
        this.lab = lab;
        this.labVersion = labVersion;
        this.harness = harness;
        this.tier = tier;
        this.isBounded = isBounded;
        this.open = Set.copyOf(open);
        this.job = job + "/";
    }

    /** Of a submission that could not be run. */
    Result without(List<Flag> flags) {
        return result(List.of(), flags, null, List.of(), List.of());
    }

    Result of(LabDocument found, HandedIn handed) {
        List<Flag> flags = new ArrayList<>(handed.flags());
        LabDocument claimed = handed.report();
        List<Difference> differences = claimed == null ? List.of() : Comparing.differences(claimed, found);
        if (differences.stream().anyMatch(difference -> !difference.what().startsWith("layout of "))) {
            flags.add(Flag.of(FlagKind.DIFFERS, "its checks came out otherwise than the report says"));
        }
        endings(found, flags);
        found.checks().stream()
                .filter(check -> check.status() == CheckStatus.FAILED && isAboutCompiling(check))
                .forEach(check -> flags.add(Flag.of(
                        LIMITS.matcher(Objects.requireNonNullElse(check.actual(), ""))
                                        .find()
                                ? FlagKind.TIMED_OUT
                                : FlagKind.DOES_NOT_BUILD,
                        String.valueOf(placeless(check.actual())))));
        return result(
                found.checks().stream()
                        .map(check -> graded(check, Shape.of(check, found)))
                        .toList(),
                flags,
                found.runs().isEmpty() ? null : Layouts.fingerprint(Layouts.of(found)),
                differences,
                claimed == null ? List.of() : Bases.of(claimed));
    }

    private static boolean isAboutCompiling(CheckResult check) {
        return Objects.requireNonNullElse(check.expected(), "").endsWith(" compiles");
    }

    /** A crash or a limit may be what the lab asks for, so it is said of runs that a check failed with. */
    private static void endings(LabDocument found, List<Flag> flags) {
        for (RunDocument run : found.runs()) {
            Ending ending = run.observation().ending();
            int index = found.runs().indexOf(run);
            boolean counts = found.checks().stream()
                    .anyMatch(check -> check.status() == CheckStatus.FAILED
                            && Objects.equals(check.run(), Integer.valueOf(index)));
            if ("SIGSYS".equals(ending.signal())) {
                flags.add(Flag.of(
                        FlagKind.HOSTILE,
                        run.name() + " was ended for a system call that the sandbox denies (SIGSYS)"));
            } else if (counts && ending.endedBy() != null) {
                flags.add(Flag.of(FlagKind.TIMED_OUT, run.name() + ": " + ending.describe()));
            } else if (counts && ending.signal() != null) {
                flags.add(Flag.of(FlagKind.CRASHED, run.name() + ": " + ending.describe()));
            }
        }
    }

    private GradedCheck graded(CheckResult check, @Nullable String shape) {
        // What a check without points counted on its way hangs on chance, as how often neighbours merged.
        boolean counts = check.points() > 0 || check.status() != CheckStatus.PASSED;
        ExerciseResult exercise = check.exercise();
        return new GradedCheck(
                check.id(),
                check.title(),
                exercise == null ? null : exercise.kind(),
                exercise != null && exercise.extra(),
                exercise != null && !open.contains(check.id()),
                check.points(),
                check.earned(),
                check.status(),
                Basis.RERUN,
                placeless(check.expected()),
                counts ? placeless(check.actual()) : null,
                exercise == null ? List.of() : exercise.answers(),
                shape);
    }

    private @Nullable String placeless(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String named = TEMPORARY.matcher(text.replace(job, "")).replaceAll("cc.$1");
        return ADDRESS.matcher(named).replaceAll("ADDRESS");
    }

    private Result result(
            List<GradedCheck> checks,
            List<Flag> flags,
            @Nullable String fingerprint,
            List<Difference> differences,
            List<AddressBases> bases) {
        List<String> notes = tier.leaves(isBounded).stream()
                .map(sentence -> "Tier " + tier + " does not stop this: " + sentence + ".")
                .toList();
        return new Result(
                student,
                submission,
                lab,
                labVersion,
                harness,
                grading(tier),
                checks,
                flags.stream().distinct().toList(),
                fingerprint,
                differences,
                bases,
                notes,
                null);
    }

    static Grading grading(Tier tier) {
        return switch (tier) {
            case A -> Grading.TIER_A;
            case B -> Grading.TIER_B;
            case C -> Grading.TIER_C;
        };
    }
}
