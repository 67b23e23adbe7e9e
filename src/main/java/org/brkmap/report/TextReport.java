package org.brkmap.report;

import java.util.ArrayList;
import java.util.List;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.EvidenceDocument;
import org.brkmap.evidence.LabDocument;
import org.brkmap.evidence.RunDocument;
import org.brkmap.model.CauseKind;
import org.brkmap.model.Change;
import org.brkmap.model.ChangeKind;

/** The page's twin for a terminal: the finding, the changes with their causes, and how much is in memory. Thread-safe. */
public final class TextReport {
    private static final int LEAST_WIDTH = 40;
    private static final int MOST_CHANGES = 40;
    private static final String BOLD = "\u001b[1m";
    private static final String FAINT = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    private final int width;
    private final boolean colour;
    private final StringBuilder out = new StringBuilder();

    private TextReport(int width, boolean colour) {
        this.width = Math.max(LEAST_WIDTH, width);
        this.colour = colour;
    }

    /**
     * The report in plain text.
     *
     * @param width columns of the terminal; lines are folded at blanks to fit, long words are not cut
     * @param colour whether to use bold and faint text by ANSI sequences; without it the text holds none
     */
    public static String render(EvidenceDocument evidence, int width, boolean colour) {
        TextReport report = new TextReport(width, colour);
        if (evidence instanceof LabDocument lab) {
            report.lab(lab);
        } else {
            report.run((RunDocument) evidence);
        }
        return report.out.toString();
    }

    private void lab(LabDocument lab) {
        line(BOLD, "", lab.lab() + ": " + Checks.verdict(lab));
        for (CheckResult check : lab.checks()) {
            line("", "  ", sign(check.status()) + " " + check.title());
            if (check.status() != CheckStatus.PASSED) {
                told("expected: ", check.expected());
                told("seen: ", check.actual());
                told("try next: ", check.hint());
            }
        }
        for (RunDocument run : lab.runs()) {
            out.append('\n');
            run(run);
        }
    }

    private void told(String name, @org.jspecify.annotations.Nullable String text) {
        if (text != null) {
            text.lines().limit(30).forEach(part -> line("", "      ", name + part));
        }
    }

    private static String sign(CheckStatus status) {
        return switch (status) {
            case PASSED -> "✓";
            case FAILED -> "✗";
            case SKIPPED -> "○ (skipped)";
            case NOT_CHECKED -> "? (not checked)";
        };
    }

    private void run(RunDocument run) {
        RunSection section = new RunSection(0, run, new Sources(List.of(run)));
        line(BOLD, "", run.name() + ": " + section.headline());
        section.remarks().forEach(remark -> line("", "", remark.text()));
        Causes causes = new Causes(run.observation());
        for (Step step : Step.of(run.analysis())) {
            if (!step.isStart() && step.isStructural()) {
                line(FAINT, "", step.title());
                List<Change> changes = step.changes().stream()
                        .filter(change -> change.kind() != ChangeKind.RESIDENCY)
                        .toList();
                changes.stream().limit(MOST_CHANGES).forEach(change -> line("", "    ", describe(change, causes)));
                if (changes.size() > MOST_CHANGES) {
                    line(FAINT, "    ", "and " + (changes.size() - MOST_CHANGES) + " more changes");
                }
            }
        }
    }

    private static String describe(Change change, Causes causes) {
        List<String> why = new ArrayList<>();
        if (change.cause() != CauseKind.EVENT) {
            why.add(Causes.title(change.cause()));
        }
        for (Causes.Cause cause : causes.of(change)) {
            String place = cause.place();
            why.add(cause.calls() + (place == null ? "" : " in " + place));
        }
        return Kinds.glyph(change.kind()) + " " + change.role().title() + " " + Kinds.word(change.kind()) + " "
                + Sizes.delta(change.bytes()) + " at " + change.at() + ": "
                + (why.isEmpty() ? "a call that the log does not hold" : String.join("; ", why));
    }

    /** One paragraph, folded; what follows the first line stands two columns further in. */
    private void line(String style, String indent, String text) {
        boolean styled = colour && !style.isEmpty();
        out.append(styled ? style : "").append(indent);
        int column = indent.length();
        boolean first = true;
        for (String word : Visible.line(text, 2000).split(" ", -1)) {
            int length = word.codePointCount(0, word.length());
            if (!first && column + 1 + length > width) {
                out.append('\n').append(indent).append("  ");
                column = indent.length() + 2;
            } else if (!first) {
                out.append(' ');
                column++;
            }
            out.append(word);
            column += length;
            first = false;
        }
        out.append(styled ? PLAIN : "").append('\n');
    }
}
