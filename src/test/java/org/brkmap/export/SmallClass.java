package org.brkmap.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.grade.Basis;
import org.brkmap.grade.Course;
import org.brkmap.grade.Flag;
import org.brkmap.grade.FlagKind;
import org.brkmap.grade.Gradebook;
import org.brkmap.grade.GradedCheck;
import org.brkmap.grade.Grading;
import org.brkmap.grade.Result;
import org.brkmap.grade.Roster;
import org.brkmap.grade.Submission;
import org.jspecify.annotations.Nullable;

/**
 * A class to export: ada has all, bob failed with texts that attack whoever shows them, cy handed in nothing, di could not be judged, ed was
 * late, fay has points by hand, and a stranger is on no roster.
 */
final class SmallClass {
    /** A formula, a terminal sequence, NUL, half of a pair, markup, an end of CDATA, quotes, newlines. */
    static final String HOSTILE =
            "=cmd|'/c calc'!A0\u0000\u001b]0;x\u0007\ud800 </testcase>]]> & \"q\"\r\n\ufffe<script>";

    private static final String HIDDEN = "the secret of a hidden check";

    private final Path folder;

    SmallClass(Path folder) {
        this.folder = folder;
    }

    static GradedCheck check(
            String id, int points, int earned, CheckStatus status, boolean hidden, @Nullable String seen) {
        return new GradedCheck(
                id,
                "What \"" + id + "\" asks, in a <b>word</b>",
                ExerciseKind.MODIFY,
                false,
                hidden,
                points,
                earned,
                status,
                Basis.RERUN,
                status == CheckStatus.PASSED ? null : "3 moves",
                seen,
                List.of());
    }

    static Result result(String student, Grading grading, String time, List<GradedCheck> checks, List<Flag> flags) {
        return new Result(
                student,
                new Submission(
                        student + ".zip",
                        "ab".repeat(31) + student.substring(student.length() - 2),
                        Instant.parse(time)),
                "lab2",
                "0123456789ab",
                "0.1.0",
                grading,
                checks,
                flags,
                null,
                List.of(),
                List.of(),
                List.of(),
                null);
    }

    static List<GradedCheck> checks(int grow) {
        return List.of(
                check("grow", 10, grow, grow == 10 ? CheckStatus.PASSED : CheckStatus.FAILED, false, HOSTILE),
                check("leak", 5, 5, CheckStatus.PASSED, false, null),
                check("trim", 4, 0, CheckStatus.SKIPPED, false, null),
                check("secret", 1, 0, CheckStatus.FAILED, true, HIDDEN),
                check("native", 0, 0, CheckStatus.NOT_CHECKED, false, "no valgrind here"));
    }

    static String secret() {
        return HIDDEN;
    }

    List<Result> results() {
        String early = "2026-11-20T10:00:00Z";
        List<Result> results = new ArrayList<>();
        results.add(result(
                "s1",
                Grading.TIER_A,
                early,
                List.of(
                        check("grow", 10, 10, CheckStatus.PASSED, false, null),
                        check("leak", 5, 5, CheckStatus.PASSED, false, null),
                        check("trim", 4, 4, CheckStatus.PASSED, false, null),
                        check("secret", 1, 1, CheckStatus.PASSED, true, null)),
                List.of()));
        results.add(result(
                "s2", Grading.TIER_A, early, checks(0), List.of(Flag.of(FlagKind.CRASHED, "it says " + HOSTILE))));
        results.add(result(
                "s4", Grading.TIER_A, early, List.of(), List.of(Flag.of(FlagKind.NOT_GRADED, "it has no " + HOSTILE))));
        results.add(result("s5", Grading.CLAIM, "2026-11-21T13:00:00Z", checks(10), List.of()));
        results.add(result("nobody", Grading.TIER_A, early, checks(10), List.of()));
        return results;
    }

    Roster roster(String name, String... lines) throws IOException {
        return Roster.read(Files.writeString(folder.resolve(name), String.join("\r\n", lines) + "\r\n"));
    }

    /** Names are as people may have them, or give them. */
    Roster roster() throws IOException {
        return roster(
                "roster.csv",
                "id,name,email,username,section",
                "s1,\"Lovelace, Ada \"\"A\"\"\",ada@x.org,ada,01",
                "s2,=HYPERLINK(1),bob@x.org,bob,01",
                "s3,Zoë,cy@x.org,cy,02",
                "s4,\u202eid,di@x.org,di,02",
                "s5,Ed,ed@x.org,ed,02",
                "s6,Fay,fay@x.org,fay,02");
    }

    Course course(String... more) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "late.per-day = 10", "lab2.deadline = 2026-11-21T12:00:00Z", "lab2.override.s6 = 7.5; on paper"));
        lines.addAll(List.of(more));
        return Course.read(Files.writeString(folder.resolve("course.properties"), String.join("\n", lines)));
    }

    Gradebook book() throws IOException {
        return Gradebook.fold(results(), roster(), course());
    }
}
