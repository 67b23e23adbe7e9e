package org.brkmap.grade;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.brkmap.evidence.CheckStatus;
import org.jspecify.annotations.Nullable;

/**
 * How a submission came out when it was run more than once. Immutable.
 *
 * @param runs how many there were, from 2
 * @param flakes checks that came out differently; empty if the submission is steady
 */
public record Repeats(int runs, List<Flake> flakes) {
    private static final int MOST_TOLD = 3;
    private static final int LONGEST = 300;

    /**
     * A check that did not always come out alike.
     *
     * @param check its id
     * @param outcomes how it came out, the commonest first
     */
    public record Flake(String check, List<Outcome> outcomes) {
        public Flake {
            outcomes = List.copyOf(outcomes);
        }
    }

    /**
     * One of the ways in which a check came out. Texts are those of the first such run.
     *
     * @param runs in how many runs it did, from 1
     */
    public record Outcome(
            int runs,
            CheckStatus status,
            int earned,
            @Nullable String expected,
            @Nullable String actual) {
        /** In words: {@code passed, 5 points}. */
        String told() {
            return status.title() + ", " + earned + (earned == 1 ? " point" : " points");
        }
    }

    public Repeats {
        flakes = List.copyOf(flakes);
    }

    /**
     * Which of several runs counts: the one with the middle score; of two in the middle, the lower; of equal ones, the first. So one
     * run that went wrong takes nothing, and one that went luckily gives nothing.
     *
     * @return its index
     */
    public static int counting(List<Result> runs) {
        List<Integer> byScore = new ArrayList<>(IntStream.range(0, runs.size())
                .boxed()
                .sorted(Comparator.comparing(index -> runs.get(index).score().earned()))
                .toList());
        int middle = runs.get(byScore.get((runs.size() - 1) / 2)).score().earned();
        return IntStream.range(0, runs.size())
                .filter(index -> runs.get(index).score().earned() == middle)
                .findFirst()
                .orElseThrow();
    }

    /** The result that counts, with what the others say; flagged if they say something else. */
    public static Result settle(List<Result> runs) {
        Result counts = runs.get(counting(runs));
        if (runs.size() == 1) {
            return counts;
        }
        Repeats repeats = new Repeats(runs.size(), flakes(runs));
        if (repeats.flakes().isEmpty()) {
            return counts.withRepeats(repeats);
        }
        List<Flag> flags = new ArrayList<>(counts.flags());
        flags.add(Flag.of(FlagKind.FLAKY, repeats.told()));
        return counts.withRepeats(repeats).withFlags(flags);
    }

    /** As a result's file says it. */
    public Map<String, @Nullable Object> facts() {
        return RepeatsJson.members(this);
    }

    /** Whether two runs of a submission have the same verdict: status and points of every check. */
    public static boolean sameVerdict(Result one, Result other) {
        return flakes(List.of(one, other)).isEmpty();
    }

    private static List<Flake> flakes(List<Result> runs) {
        Set<String> ids = new LinkedHashSet<>();
        runs.forEach(run -> run.checks().forEach(check -> ids.add(check.id())));
        List<Flake> flakes = new ArrayList<>();
        for (String id : ids) {
            Map<String, Outcome> outcomes = new LinkedHashMap<>();
            for (Result run : runs) {
                Outcome outcome = outcome(run, id);
                outcomes.merge(
                        outcome.told(),
                        outcome,
                        (known, again) -> new Outcome(
                                known.runs() + 1, known.status(), known.earned(), known.expected(), known.actual()));
            }
            if (outcomes.size() > 1) {
                flakes.add(new Flake(
                        id,
                        outcomes.values().stream()
                                .sorted(Comparator.comparingInt(Outcome::runs).reversed())
                                .toList()));
            }
        }
        return flakes;
    }

    private static Outcome outcome(Result run, String id) {
        return run.checks().stream()
                .filter(check -> check.id().equals(id))
                .findFirst()
                .map(check -> new Outcome(1, check.status(), check.earned(), check.expected(), check.actual()))
                .orElseGet(() -> new Outcome(
                        1,
                        CheckStatus.NOT_CHECKED,
                        0,
                        null,
                        run.flags().stream()
                                .map(flag -> flag.kind().title() + ": " + flag.reason())
                                .collect(Collectors.joining("; "))));
    }

    private String told() {
        String checks = flakes.stream().limit(MOST_TOLD).map(this::told).collect(Collectors.joining(". "));
        int more = flakes.size() - MOST_TOLD;
        return checks + (more > 0 ? ". And " + more + " more" : "");
    }

    private String told(Flake flake) {
        return "in " + runs + " runs " + flake.check() + " came out as "
                + flake.outcomes().stream()
                        .map(outcome -> outcome.told() + ", "
                                + (outcome.runs() == 1 ? "once" : outcome.runs() + " times") + seen(outcome))
                        .collect(Collectors.joining(" / "));
    }

    private static String seen(Outcome outcome) {
        String actual = outcome.actual();
        if (actual == null || actual.isBlank()) {
            return "";
        }
        String line = actual.strip().replaceAll("\\s+", " ");
        return " (" + (line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line) + ")";
    }
}
