package org.brkmap.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.ExerciseResult;

/** A lab's outcomes as text: groups, checks, what was found, and of failures all that helps. */
final class ConsoleTree {
    private static final String CHECK = "  ";
    private static final String DETAIL = "      ";

    private final Terminal terminal;
    private final List<String> lines = new ArrayList<>();

    private ConsoleTree(Terminal terminal) {
        this.terminal = terminal;
    }

    /** The lines to print, for outcomes in the order to show them in. */
    static List<String> render(
            String title, List<CheckOutcome> outcomes, List<String> remarks, double seconds, Terminal terminal) {
        ConsoleTree tree = new ConsoleTree(terminal);
        tree.lines.add("");
        tree.lines.add(terminal.strong(terminal.plain(title)));
        String group = "";
        for (CheckOutcome outcome : outcomes) {
            if (!outcome.group().equals(group)) {
                group = outcome.group();
                tree.lines.add("");
                tree.lines.add(terminal.plain(group));
            }
            tree.add(outcome);
        }
        tree.lines.add("");
        remarks.forEach(remark -> tree.lines.add("! " + terminal.plain(remark)));
        tree.lines.add(summary(outcomes, seconds));
        Standing.of(outcomes).lines().forEach(line -> tree.lines.add(terminal.plain(line)));
        return tree.lines;
    }

    private void add(CheckOutcome outcome) {
        ExerciseResult exercise = outcome.exercise();
        lines.add(CHECK
                + terminal.mark(outcome.status())
                + " "
                + terminal.plain(outcome.title())
                + (exercise == null ? "" : terminal.faint(terminal.plain(about(outcome, exercise)))));
        switch (outcome.status()) {
            case PASSED -> {
                String finding = outcome.finding();
                if (finding != null) {
                    finding.lines().forEach(line -> lines.add(DETAIL + terminal.faint(terminal.plain(line))));
                }
                if (exercise != null && exercise.explanation() != null) {
                    exercise.explanation().lines().forEach(line -> lines.add(DETAIL + terminal.plain(line)));
                }
            }
            case SKIPPED, NOT_CHECKED -> {
                String why = outcome.finding();
                String text = outcome.status().title() + (why == null ? "" : ": " + why);
                text.lines().forEach(line -> lines.add(DETAIL + terminal.plain(line)));
            }
            case FAILED -> addFailure(outcome);
        }
    }

    private void addFailure(CheckOutcome outcome) {
        outcome.failure().forEach(line -> lines.add(DETAIL + terminal.plain(line)));
        ExerciseResult exercise = outcome.exercise();
        if (exercise != null && outcome.file() != null) {
            lines.add(DETAIL + "file: " + terminal.plain(outcome.file())
                    + (outcome.line() == null ? "" : ":" + outcome.line()));
        }
        if (!outcome.runs().isEmpty() && !outcome.isSecret()) {
            lines.add(DETAIL + "run:  " + terminal.plain(String.join(", ", outcome.runs())));
        }
        String next = outcome.next();
        if (next != null) {
            lines.add(DETAIL + "next: " + terminal.plain(next));
        }
        if (exercise != null && !exercise.hints().isEmpty()) {
            int stage = exercise.hints().size();
            lines.add(DETAIL + "hint " + stage + " of " + exercise.hintsInAll() + ": "
                    + terminal.plain(exercise.hints().get(stage - 1)));
        }
    }

    private static String about(CheckOutcome outcome, ExerciseResult exercise) {
        return "  [" + outcome.id() + ", " + exercise.kind().title() + (exercise.extra() ? ", extra" : "") + ": "
                + outcome.earned() + " of " + outcome.points() + "]";
    }

    private static String summary(List<CheckOutcome> outcomes, double seconds) {
        StringBuilder text = new StringBuilder();
        text.append(outcomes.size()).append(outcomes.size() == 1 ? " check:" : " checks:");
        String separator = " ";
        for (CheckStatus status : CheckStatus.values()) {
            long count = outcomes.stream()
                    .filter(outcome -> outcome.status() == status)
                    .count();
            if (count > 0 || status == CheckStatus.PASSED) {
                text.append(separator).append(count).append(' ').append(status.title());
                separator = ", ";
            }
        }
        return text.append(String.format(Locale.ROOT, " (%.1f s)", seconds)).toString();
    }
}
