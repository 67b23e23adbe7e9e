package org.brkmap.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.brkmap.evidence.FactsJson;
import org.brkmap.grade.GradeDiff;
import org.brkmap.grade.GradeDiff.Change;
import org.brkmap.grade.GradeDiff.CheckChange;
import org.brkmap.grade.Gradebook.Entry;
import org.brkmap.grade.Gradebook.Worth;
import org.brkmap.grade.GradedCheck;
import org.brkmap.grade.Repeats;
import org.brkmap.grade.Repeats.Flake;
import org.brkmap.grade.Repeats.Outcome;
import org.brkmap.report.Visible;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brkmap grade diff}: whose score changed between two gradings, and why. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {
            "Says whose score changed from one grading to another, and why: check by check with what was expected and seen,"
                    + " and whatever else is different, as the submission, the checks, lateness, or a flag.",
            "",
            "A submission is flaky if it gives different verdicts in repeated runs: in those of grade rerun --repeat, or in the"
                    + " two gradings, when submission, checks and brkmap are the same. It is named, with what was seen in each."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:nothing changed, and nothing is flaky",
            "1:one of the two cannot be read",
            "2:the command was not understood",
            "3:something changed, or is flaky"
        },
        footerHeading = "%nTry:%n",
        footer = {
            "  ./brkmap grade diff graded regraded",
            "  ./brkmap grade diff claimed rerun --roster roster.csv --json"
        })
final class GradeDiffCommand implements Callable<Integer> {
    private static final int DIFFERENT = 3;
    private static final int LONGEST = 400;

    @Parameters(index = "0", paramLabel = "OLD", description = "A folder that grade reports, rerun or merge wrote.")
    private Path old = Path.of("");

    @Parameters(index = "1", paramLabel = "NEW", description = "Another.")
    private Path fresh = Path.of("");

    @Option(names = "--roster", paramLabel = "FILE", description = "The class, for a folder that holds no roster.")
    private @Nullable Path roster;

    @Option(names = "--course", paramLabel = "FILE", description = "The rules for both (default: those kept in each).")
    private @Nullable Path course;

    @Option(names = "--json", description = "Print the differences as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        GradeDiff diff = GradeDiff.between(
                GradedFolder.read(old, roster, course).book(),
                GradedFolder.read(fresh, roster, course).book());
        Console console = Console.of(spec);
        if (json) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("schema", "brkmap/gradediff/1");
            facts.put("same", diff.same());
            facts.put(
                    "changes",
                    diff.changes().stream().map(GradeDiffCommand::facts).toList());
            console.out().print(FactsJson.write(facts));
        } else {
            diff.changes().forEach(change -> lines(change).forEach(console.out()::println));
            console.out().println(counts(diff));
        }
        console.out().flush();
        return diff.changes().isEmpty() ? 0 : DIFFERENT;
    }

    private static String counts(GradeDiff diff) {
        long points = diff.changes().stream().filter(Change::isOfPoints).count();
        long flaky = diff.changes().stream().filter(Change::flaky).count();
        long others = diff.changes().size() - points;
        return points + (points == 1 ? " score changed" : " scores changed")
                + (others > 0 ? ", " + others + " with the same score for other reasons" : "")
                + (flaky > 0 ? ", " + flaky + " flaky" : "") + ", " + diff.same() + " as before";
    }

    private static List<String> lines(Change change) {
        List<String> lines = new ArrayList<>();
        lines.add(shown(change.student()) + "  " + shown(change.lab()) + "  " + score(change.before()) + " -> "
                + score(change.after()) + moved(change) + (change.flaky() ? "  FLAKY" : ""));
        change.why().forEach(reason -> lines.add("    " + shown(reason)));
        for (CheckChange check : change.checks()) {
            lines.add("    " + shown(check.id()) + "  " + verdict(check.before()) + " -> " + verdict(check.after()));
            seen(lines, "      before", check.before());
            seen(lines, "      now   ", check.after());
        }
        flakes(change.before(), "before", lines);
        flakes(change.after(), "now", lines);
        return lines;
    }

    private static void flakes(@Nullable Entry entry, String when, List<String> lines) {
        Repeats repeats = repeats(entry);
        if (repeats != null) {
            for (Flake flake : repeats.flakes()) {
                lines.add("    flaky, " + when + ": " + shown(flake.check()) + " in " + repeats.runs() + " runs");
                for (Outcome outcome : flake.outcomes()) {
                    lines.add(
                            "      " + outcome.runs() + " x " + outcome.status().title() + ", " + outcome.earned()
                                    + evidence(outcome.expected(), outcome.actual()));
                }
            }
        }
    }

    private static @Nullable Repeats repeats(@Nullable Entry entry) {
        return entry == null || entry.result() == null ? null : entry.result().repeats();
    }

    private static void seen(List<String> lines, String when, @Nullable Worth worth) {
        if (worth != null) {
            String evidence = evidence(worth.check().expected(), worth.check().actual());
            if (!evidence.isEmpty()) {
                lines.add(when + evidence);
            }
        }
    }

    private static String evidence(@Nullable String expected, @Nullable String actual) {
        return (expected == null ? "" : "  expected: " + shown(expected))
                + (actual == null ? "" : "  seen: " + shown(actual));
    }

    private static String shown(String text) {
        return Visible.line(text.strip().replaceAll("\\s*\n\\s*", "; "), LONGEST);
    }

    private static String verdict(@Nullable Worth worth) {
        return worth == null
                ? "none"
                : worth.check().status().title() + ", " + plain(worth.earned()) + " of " + plain(worth.max());
    }

    private static String score(@Nullable Entry entry) {
        if (entry == null) {
            return "none";
        }
        return (entry.result() == null && entry.earned().signum() == 0 ? "-" : plain(entry.earned())) + " of "
                + plain(entry.max());
    }

    private static String moved(Change change) {
        Entry before = change.before();
        Entry after = change.after();
        if (before == null || after == null || before.max().compareTo(after.max()) != 0) {
            return "";
        }
        BigDecimal by = after.earned().subtract(before.earned());
        return by.signum() == 0 ? "" : "  (" + (by.signum() > 0 ? "+" : "") + plain(by) + ")";
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    private static Map<String, @Nullable Object> facts(Change change) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("student", change.student());
        facts.put("lab", change.lab());
        facts.put("before", points(change.before()));
        facts.put("after", points(change.after()));
        facts.put("flaky", change.flaky());
        facts.put("why", change.why());
        facts.put(
                "checks",
                change.checks().stream()
                        .map(check -> {
                            Map<String, @Nullable Object> one = new LinkedHashMap<>();
                            one.put("check", check.id());
                            one.put("before", check(check.before()));
                            one.put("after", check(check.after()));
                            return one;
                        })
                        .toList());
        facts.put("repeatsBefore", flakes(change.before()));
        facts.put("repeatsAfter", flakes(change.after()));
        return facts;
    }

    private static @Nullable Object points(@Nullable Entry entry) {
        if (entry == null) {
            return null;
        }
        Map<String, @Nullable Object> points = new LinkedHashMap<>();
        points.put("earned", entry.earned());
        points.put("max", entry.max());
        points.put("handedIn", entry.result() != null);
        return points;
    }

    private static @Nullable Object check(@Nullable Worth worth) {
        if (worth == null) {
            return null;
        }
        GradedCheck check = worth.check();
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("status", check.status().name());
        facts.put("earned", worth.earned());
        facts.put("max", worth.max());
        facts.put("expected", check.expected());
        facts.put("actual", check.actual());
        return facts;
    }

    private static @Nullable Object flakes(@Nullable Entry entry) {
        Repeats repeats = repeats(entry);
        return repeats == null ? null : repeats.facts();
    }
}
