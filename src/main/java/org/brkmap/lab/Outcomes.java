package org.brkmap.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.ExerciseResult;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.MultipleFailuresError;
import org.opentest4j.ValueWrapper;

/** Makes a check's outcome of how its test method ended. */
record Outcomes(String group, int groupOrder, int order, String id, String title, Bench bench, LabProgress progress) {
    /** The first line of a failure that was described by {@code as(...)}. */
    private static final Pattern DESCRIPTION = Pattern.compile("\\[(.+)] *\n");

    CheckOutcome passed() {
        String seen = bench.withheld() == null ? bench.finding() : bench.withheld();
        String measured = bench.attempt().measured();
        if (measured != null) {
            seen = seen == null ? measured : measured + ", " + seen;
        }
        return outcome(CheckStatus.PASSED, seen, List.of(), null, null, bench.next(), null, null);
    }

    CheckOutcome skipped(String why) {
        return outcome(CheckStatus.SKIPPED, why, List.of(), null, null, bench.next(), null, null);
    }

    CheckOutcome notChecked(Throwable cause) {
        if (cause instanceof NotStarted) {
            return skipped(message(cause));
        }
        // JUnit's own assumptions put these words before the reason.
        String why = message(cause).replaceFirst("^Assumption failed: ", "");
        return outcome(CheckStatus.NOT_CHECKED, why, List.of(), null, null, bench.next(), null, null);
    }

    CheckOutcome failed(Throwable cause) {
        String withheld = bench.withheld();
        if (withheld != null && cause instanceof AssertionError) {
            return outcome(CheckStatus.FAILED, null, List.of(withheld), null, withheld, bench.next(), null, null);
        }
        List<String> lines = new ArrayList<>();
        String actual = message(cause);
        if (cause instanceof MultipleFailuresError several) {
            several.getFailures().forEach(failure -> lines.addAll(lines(failure)));
            actual = several.getFailures().stream().map(Outcomes::message).collect(Collectors.joining("\n"));
        } else {
            lines.addAll(lines(cause));
        }
        if (!(cause instanceof AssertionError)) {
            lines.add(0, "the check itself broke: " + cause.getClass().getName());
        }
        String expected = null;
        if (cause instanceof AssertionFailedError compared && compared.isExpectedDefined()) {
            expected = described(cause) + text(compared.getExpected());
            actual = text(compared.getActual());
        }
        if (cause instanceof CheckFailure early) {
            if (early.isUnbuilt()) {
                bench.attempt().judgesNothing();
            }
            String next = early.next() == null ? bench.next() : early.next();
            return outcome(CheckStatus.FAILED, null, lines, expected, actual, next, early.file(), early.line());
        }
        return outcome(CheckStatus.FAILED, null, lines, expected, actual, nextAfterFailure(), null, null);
    }

    private @Nullable String nextAfterFailure() {
        String next = bench.next();
        if (bench.exerciseOrNull() != null && bench.exerciseOrNull().kind().hidesWhatItMeasures()) {
            return next;
        }
        return next != null || bench.runs().isEmpty()
                ? next
                : "see that run in the report: its table of changes names every call and its line";
    }

    private CheckOutcome outcome(
            CheckStatus status,
            @Nullable String finding,
            List<String> failure,
            @Nullable String expected,
            @Nullable String actual,
            @Nullable String next,
            @Nullable String file,
            @Nullable Integer line) {
        ExerciseInfo exercise = bench.exerciseOrNull();
        int points = exercise == null ? 0 : exercise.points();
        return new CheckOutcome(
                group,
                groupOrder,
                order,
                id,
                title,
                status,
                finding,
                failure,
                expected,
                actual,
                next,
                bench.runs(),
                file == null ? bench.attempt().file() : file,
                file == null ? bench.attempt().line() : line,
                points,
                earned(status, points),
                bench.withheld() != null,
                !progress.wasSolved(id),
                exercise == null ? null : result(exercise, status));
    }

    private int earned(CheckStatus status, int points) {
        Integer parts = bench.attempt().earned();
        if (parts != null) {
            return Math.min(parts, points);
        }
        return status == CheckStatus.PASSED ? points : 0;
    }

    private ExerciseResult result(ExerciseInfo exercise, CheckStatus status) {
        Attempt attempt = bench.attempt();
        Integer judged = attempt.attempts();
        int attempts = judged == null ? progress.attempts(exercise.id()) : judged;
        progress.attempts(exercise.id(), attempts);
        String version = attempt.version();
        if (version != null) {
            progress.note(exercise.id(), Judge.VERSION, version);
        }
        if (status == CheckStatus.FAILED && attempts > 0) {
            progress.sawHints(exercise.id(), Math.min(attempts, exercise.hints().size()));
        }
        int hints =
                Math.min(progress.hintsTaken(exercise.id()), exercise.hints().size());
        String explanation = exercise.explanation();
        String remark = attempt.remark();
        if (remark != null) {
            explanation = explanation.isEmpty() ? remark : remark + "\n" + explanation;
        }
        return new ExerciseResult(
                exercise.kind(),
                exercise.extra(),
                attempt.question(),
                attempt.answers(),
                attempts,
                exercise.hints().subList(0, hints),
                exercise.hints().size(),
                status == CheckStatus.PASSED && !explanation.isEmpty() ? explanation : null,
                attempt.answeredOn());
    }

    /** What AssertJ says the value is, which its expected and actual leave out; empty if it was not said. */
    private static String described(Throwable cause) {
        Matcher description = DESCRIPTION.matcher(message(cause));
        return description.lookingAt() ? description.group(1) + ": " : "";
    }

    private static @Nullable String text(@Nullable ValueWrapper value) {
        return value == null ? null : value.getStringRepresentation();
    }

    private static List<String> lines(Throwable cause) {
        return message(cause)
                .lines()
                .map(String::stripTrailing)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static String message(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message.strip();
    }
}
