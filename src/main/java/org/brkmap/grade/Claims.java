package org.brkmap.grade;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.ExerciseResult;
import org.brkmap.evidence.LabDocument;
import org.jspecify.annotations.Nullable;

/** Puts what a report claims beside what its evidence makes, check by check. */
final class Claims {
    private static final int MOST_ANSWERS = 20;

    private Claims() {}

    /** Puts what was claimed beside what came out. A check earns the less of the two. */
    static void judge(LabDocument report, LabDocument anew, boolean sameChecks, ReportDraft draft) {
        Map<String, CheckResult> claims = new LinkedHashMap<>();
        Set<String> doubled = new HashSet<>();
        for (CheckResult claim : report.checks()) {
            if (claims.putIfAbsent(claim.id(), claim) != null && doubled.add(claim.id())) {
                draft.flag(FlagKind.EDITED, "the check \"" + claim.id() + "\" stands in it twice");
            }
        }
        for (CheckResult found : anew.checks()) {
            CheckResult claim = claims.remove(found.id());
            draft.check(checked(claim, found, sameChecks, Shape.of(found, anew), draft));
        }
        claims.remove("worksheet");
        if (!claims.isEmpty() && sameChecks) {
            draft.flag(FlagKind.EDITED, "the lab has no check \"" + String.join("\", \"", claims.keySet()) + "\"");
        }
        facts(report, anew, draft);
    }

    private static GradedCheck checked(
            @Nullable CheckResult claim,
            CheckResult found,
            boolean sameChecks,
            @Nullable String shape,
            ReportDraft draft) {
        boolean judged = found.status() != CheckStatus.NOT_CHECKED
                && (sameChecks || claim == null || found.status() == claim.status());
        if (claim == null) {
            boolean earns = judged && found.status() != CheckStatus.PASSED;
            return graded(
                    found,
                    earns ? found.earned() : 0,
                    earns ? found.status() : CheckStatus.NOT_CHECKED,
                    judged,
                    found,
                    shape);
        }
        if (claim.points() != found.points() && sameChecks) {
            draft.flag(
                    FlagKind.EDITED,
                    "\"" + found.id() + "\" can earn " + found.points() + " points, and not " + claim.points());
        }
        if (!judged) {
            // A claim is no more than what an answer at the first try would earn.
            int earned = claim.status() == CheckStatus.SKIPPED ? 0 : Math.min(claim.earned(), found.points());
            return graded(found, earned, claim.status(), false, claim, shape);
        }
        boolean same = claim.status() == found.status() && claim.earned() == found.earned();
        if (!same) {
            draft.differs(found.id(), told(claim), told(found));
        }
        if (found.earned() < claim.earned()) {
            draft.flag(
                    FlagKind.EDITED,
                    "\"" + found.id() + "\": it says " + told(claim) + ", and its evidence makes " + told(found)
                            + reason(found));
        }
        boolean claimIsLess = claim.earned() < found.earned();
        return claimIsLess
                ? graded(found, claim.earned(), claim.status(), true, claim, shape)
                : graded(found, found.earned(), found.status(), true, found, shape);
    }

    private static String reason(CheckResult found) {
        String actual = found.actual();
        return actual == null
                ? ""
                : " (" + ReportDraft.shortened(actual.lines().findFirst().orElse("")) + ")";
    }

    private static String told(CheckResult check) {
        return check.status().title() + ", " + check.earned() + " of " + check.points();
    }

    private static GradedCheck graded(
            CheckResult lab,
            int earned,
            CheckStatus status,
            boolean recomputed,
            CheckResult said,
            @Nullable String shape) {
        ExerciseResult exercise = lab.exercise();
        ExerciseResult answered = said.exercise();
        return new GradedCheck(
                lab.id(),
                lab.title(),
                exercise == null ? null : exercise.kind(),
                exercise != null && exercise.extra(),
                false,
                lab.points(),
                earned,
                status,
                recomputed ? Basis.RECOMPUTED : Basis.CLAIM,
                shortenedOrNull(said.expected()),
                shortenedOrNull(said.actual()),
                answered == null
                        ? List.of()
                        : answered.answers().stream()
                                .limit(MOST_ANSWERS)
                                .map(ReportDraft::shortened)
                                .toList(),
                shape);
    }

    private static void facts(LabDocument report, LabDocument anew, ReportDraft draft) {
        anew.facts().forEach((name, found) -> {
            Object claimed = report.facts().get(name);
            if (claimed != null && !claimed.equals(found)) {
                draft.flag(FlagKind.EDITED, "the fact " + name + " is " + found + " by the runs, and not " + claimed);
                draft.differs("fact " + name, claimed.toString(), String.valueOf(found));
            }
        });
    }

    private static @Nullable String shortenedOrNull(@Nullable String text) {
        return text == null ? null : ReportDraft.shortened(text);
    }
}
