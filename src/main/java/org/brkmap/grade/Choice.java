package org.brkmap.grade;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which of several submissions of one student for one lab counts. */
final class Choice {
    private Choice() {}

    /** One of them; where a submission was run again, that counts and not its claim. */
    static Result of(List<Result> results, Course.Attempts attempts) {
        Comparator<Result> sound =
                Comparator.comparing(result -> !result.checks().isEmpty());
        Comparator<Result> time = Comparator.comparing(Choice::time);
        Comparator<Result> order = switch (attempts) {
            case LATEST -> sound.thenComparing(time);
            case FIRST -> sound.thenComparing(time.reversed());
            case BEST -> sound.thenComparing(result -> result.score().earned()).thenComparing(time);
        };
        return results.stream()
                .max(order.thenComparing((Result result) -> result.grading().isRerun())
                        .thenComparing(result -> result.submission().file()))
                .orElseThrow();
    }

    private static Instant time(Result result) {
        Instant time = result.submission().submitted();
        return time == null ? Instant.MIN : time;
    }

    static List<Flag> others(List<Result> results, Result counts) {
        List<Flag> flags = new ArrayList<>();
        for (Result result : results) {
            if (!result.submission().equals(counts.submission())) {
                flags.add(Flag.of(
                        FlagKind.SUPERSEDED,
                        "\"" + result.submission().file() + "\" does not count: "
                                + result.score().earned() + " of "
                                + result.score().max()));
            }
        }
        return flags;
    }
}
