package org.brkmap.grade;

import java.time.Instant;
import java.util.List;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.ExerciseKind;

/** Results to test with. */
final class Results {
    private Results() {}

    static GradedCheck check(String id, int points, int earned, CheckStatus status) {
        return new GradedCheck(
                id,
                "What " + id + " asks",
                ExerciseKind.PREDICT,
                false,
                false,
                points,
                earned,
                status,
                Basis.RECOMPUTED,
                null,
                status == CheckStatus.FAILED ? "too low" : null,
                List.of("12"),
                null);
    }

    static Result of(String student, GradedCheck... checks) {
        return new Result(
                student,
                new Submission(student + "/lab2.html", "ab".repeat(32), Instant.parse("2026-11-20T10:00:00Z")),
                "lab2",
                "0123456789ab",
                "0.1.0",
                Grading.CLAIM,
                List.of(checks),
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(),
                null);
    }

    /** One with something in every member. */
    static Result full(Grading grading) {
        return new Result(
                "ada <b>",
                new Submission("a/\u202eé,\"\n.html", "cd".repeat(32), null),
                "lab2",
                "0123456789ab",
                "0.1.0",
                grading,
                List.of(
                        check("flip", 10, 5, CheckStatus.PASSED),
                        new GradedCheck(
                                "hidden.one",
                                "=1+1",
                                null,
                                true,
                                true,
                                0,
                                0,
                                CheckStatus.NOT_CHECKED,
                                Basis.RERUN,
                                "x",
                                "</script>",
                                List.of(),
                                "heap 132 KiB")),
                List.of(new Flag(FlagKind.SHARED_ADDRESSES, "two bases are equal", List.of("bob"))),
                "ef".repeat(32),
                List.of(new Difference("flip", "10 of 10", "5 of 10")),
                List.of(new AddressBases("alloc_size", 0x5555_5555_4000L, null, 0x8000_0000_0000_0000L)),
                List.of("a note"),
                grading.isRerun() ? new Signature("k".repeat(64), "c2ln") : null);
    }
}
