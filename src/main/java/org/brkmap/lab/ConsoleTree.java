package org.brkmap.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.evidence.ExerciseResult;
import org.jspecify.annotations.Nullable;

/**
 * A lab's outcomes as text: groups, checks, what was found, and of failures all that helps. What is not begun comes last, a
 * line each.
 */
final class ConsoleTree {
    private static final String CHECK = "  ";
    private static final String DETAIL = "      ";

    /** How much the tree tells. */
    enum Detail {
        /** What is not right yet, and what has just been solved. */
        OPEN,
        /** All checks; what is not begun in a line each. */
        ALL,
        /** Everything: these checks were asked for by name. */
        FULL
    }

    /**
     * What the tree tells besides the outcomes.
     *
     * @param lab its id
     * @param title of the lab
     * @param remarks on the run as a whole
     * @param standing points and the next step, lines
     * @param seconds how long it took
     * @param detail how much to tell
     * @param lines the students' files, to show the line a failure is about
     */
    record Frame(
            String lab,
            String title,
            List<String> remarks,
            List<String> standing,
            double seconds,
            Detail detail,
            SourceLines lines) {
        Frame {
            remarks = List.copyOf(remarks);
            standing = List.copyOf(standing);
        }
    }

    private final Frame frame;
    private final Terminal terminal;
    private final List<String> lines = new ArrayList<>();

    private ConsoleTree(Frame frame, Terminal terminal) {
        this.frame = frame;
        this.terminal = terminal;
    }

    /** The lines to print, for outcomes in the order to show them in. */
    static List<String> render(Frame frame, List<CheckOutcome> outcomes, Terminal terminal) {
        ConsoleTree tree = new ConsoleTree(frame, terminal);
        tree.lines.add("");
        tree.lines.add(terminal.strong(terminal.plain(frame.title())));
        String group = "";
        for (CheckOutcome outcome : outcomes) {
            if (tree.isLeftToDo(outcome) || tree.isLeftOut(outcome)) {
                continue;
            }
            if (!outcome.group().equals(group)) {
                group = outcome.group();
                tree.lines.add("");
                tree.lines.add(terminal.plain(group));
            }
            tree.add(outcome);
        }
        tree.addWhatIsLeft(outcomes.stream().filter(tree::isLeftToDo).toList());
        tree.lines.add("");
        frame.remarks().forEach(remark -> tree.lines.add("! " + terminal.plain(remark)));
        tree.lines.add(summary(outcomes, frame.seconds()));
        frame.standing().forEach(line -> tree.lines.add(terminal.plain(line)));
        return tree.lines;
    }

    private boolean isLeftToDo(CheckOutcome outcome) {
        ExerciseResult exercise = outcome.exercise();
        if (frame.detail() == Detail.FULL || exercise == null || exercise.kind() == ExerciseKind.OBSERVE) {
            return false;
        }
        return outcome.status() == CheckStatus.SKIPPED
                || (outcome.status() == CheckStatus.NOT_CHECKED && exercise.attempts() == 0);
    }

    private boolean isLeftOut(CheckOutcome outcome) {
        return frame.detail() == Detail.OPEN
                && outcome.status() == CheckStatus.PASSED
                && (outcome.exercise() == null
                        || outcome.exercise().kind() == ExerciseKind.OBSERVE
                        || !outcome.isNews());
    }

    private void addWhatIsLeft(List<CheckOutcome> left) {
        if (left.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("To do"
                + terminal.faint(terminal.plain("  (one in full: ./brkmap lab run " + frame.lab() + " EXERCISE)")));
        int width =
                left.stream().mapToInt(outcome -> outcome.id().length()).max().orElse(1);
        for (CheckOutcome outcome : left) {
            ExerciseResult exercise = outcome.exercise();
            String kind = exercise == null ? "" : exercise.kind().title();
            String text = String.format(
                    Locale.ROOT,
                    " %-" + width + "s  %-8s %2d  %s",
                    outcome.id(),
                    kind,
                    outcome.points(),
                    outcome.title());
            lines.add(CHECK
                    + terminal.mark(outcome.status())
                    + terminal.plain(text)
                    + terminal.faint(terminal.plain(condition(outcome, exercise))));
        }
    }

    private static String condition(CheckOutcome outcome, @Nullable ExerciseResult exercise) {
        List<String> conditions = new ArrayList<>();
        if (exercise != null && exercise.extra()) {
            conditions.add("extra");
        }
        String why = outcome.finding();
        if (outcome.status() == CheckStatus.NOT_CHECKED && why != null) {
            conditions.add(why.lines().findFirst().orElse(""));
        } else if (outcome.earned() > 0) {
            conditions.add(outcome.earned() + " points so far");
        }
        return conditions.isEmpty() ? "" : "  (" + String.join("; ", conditions) + ")";
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
                if (finding != null && outcome.withheld()) {
                    lines.add(lines.remove(lines.size() - 1) + terminal.faint(terminal.plain("  (" + finding + ")")));
                } else if (finding != null) {
                    boolean predicted = exercise != null && exercise.kind() == ExerciseKind.PREDICT;
                    (predicted ? "measured: " + finding : finding)
                            .lines()
                            .forEach(line -> lines.add(DETAIL + terminal.faint(terminal.plain(line))));
                }
                if (exercise != null
                        && exercise.explanation() != null
                        && (outcome.isNews() || frame.detail() == Detail.FULL)) {
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
        String file = outcome.file();
        if (exercise != null && file != null) {
            Integer number = outcome.line();
            lines.add(DETAIL + "file: " + terminal.plain(file + (number == null ? "" : ":" + number)));
            String source = number == null ? "" : frame.lines().read(file, number);
            if (!source.isBlank()) {
                lines.add(DETAIL + "      " + terminal.plain(source));
            }
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
