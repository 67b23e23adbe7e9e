package org.brkmap.report;

import java.util.List;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.EvidenceDocument;
import org.brkmap.evidence.LabDocument;
import org.brkmap.evidence.RunDocument;
import org.brkmap.model.CauseKind;
import org.brkmap.model.Change;
import org.brkmap.model.ChangeKind;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Origin;

/** The page's twin for a terminal: the finding, the changes with their causes, and how much is in memory. Thread-safe. */
public final class TextReport {
    private static final int MOST_GROUPS = 8;
    private static final String BOLD = Paragraphs.BOLD;
    private static final String FAINT = Paragraphs.FAINT;

    private final Paragraphs out;

    private TextReport(int width, boolean colour) {
        this.out = new Paragraphs(width, colour);
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

    /**
     * Every system call about memory in order, each with its result and who made it, in plain text.
     *
     * @param width as for {@link #render}
     */
    public static String events(RunDocument run, int width, boolean colour) {
        TextReport report = new TextReport(width, colour);
        List<MemoryEvent> events = run.observation().events();
        report.out.line(BOLD, "", "Every memory event: " + Html.plural(events.size(), "system call", "system calls"));
        for (MemoryEvent event : events) {
            Causes.Cause cause = Causes.cause(event);
            String place = cause.place();
            String who = event.origin() == Origin.LOADER ? Causes.title(CauseKind.LOADER) : cause.call();
            report.out.line(
                    event.origin() == Origin.LOADER ? FAINT : "",
                    "",
                    "#" + event.seq() + " " + Syscalls.call(event) + " = " + Syscalls.result(event)
                            + (who == null ? "" : ": " + who)
                            + (place == null ? "" : " in " + place));
        }
        return report.out.toString();
    }

    private void lab(LabDocument lab) {
        out.line(BOLD, "", lab.lab() + ": " + Checks.verdict(lab));
        for (CheckResult check : lab.checks()) {
            out.line("", "  ", sign(check.status()) + " " + check.title());
            if (check.status() != CheckStatus.PASSED) {
                told("expected: ", check.expected());
                told("seen: ", check.actual());
                told("try next: ", check.hint());
            }
        }
        for (RunDocument run : lab.runs()) {
            out.blank();
            run(run);
        }
    }

    private void told(String name, @org.jspecify.annotations.Nullable String text) {
        if (text != null) {
            text.lines().limit(30).forEach(part -> out.line("", "      ", name + part));
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

    /** What changed and who did it comes first, then the map: both are to be on the first screen. */
    private void run(RunDocument run) {
        RunSection section = new RunSection(0, run, new Sources(List.of(run)));
        out.line(BOLD, "", run.name() + ": " + section.headline());
        section.remarks().forEach(remark -> out.line("", "", remark.text()));
        List<Change> changes = changes(run, false);
        List<ChangeGroup> groups =
                ChangeGroup.of(changes.isEmpty() ? changes(run, true) : changes, new Causes(run.observation()));
        groups.stream().limit(MOST_GROUPS).forEach(group -> out.line(group.hue().colour(), "", group.text()));
        if (groups.size() > MOST_GROUPS) {
            out.line(FAINT, "", "and " + (groups.size() - MOST_GROUPS) + " more kinds of change");
        }
        Step main = section.mainStep();
        if (main != null) {
            TerminalMap.write(main, out);
        }
    }

    private static List<Change> changes(RunDocument run, boolean atStart) {
        return Step.of(run.analysis()).stream()
                .filter(step -> step.isStart() == atStart)
                .flatMap(step -> step.changes().stream())
                .filter(change -> change.kind() != ChangeKind.RESIDENCY)
                .toList();
    }

    /**
     * Every change of the layout, checkpoint by checkpoint, each with its cause, in plain text.
     *
     * @param width as for {@link #render}
     */
    public static String changes(RunDocument run, int width, boolean colour) {
        TextReport report = new TextReport(width, colour);
        List<Step> steps =
                Step.of(run.analysis()).stream().filter(Step::isStructural).toList();
        long processes =
                steps.stream().map(step -> step.after().pid()).distinct().count();
        report.out.line(BOLD, "", "Every change, checkpoint by checkpoint");
        Causes causes = new Causes(run.observation());
        for (Step step : steps) {
            String whose = processes > 1 ? "process " + step.after().pid() + " " : "";
            report.out.line(FAINT, "", whose + step.title());
            step.changes().stream()
                    .filter(change -> change.kind() != ChangeKind.RESIDENCY)
                    .forEach(change -> report.out.line("", "    ", describe(change, causes)));
        }
        return report.out.toString();
    }

    private static String describe(Change change, Causes causes) {
        return Kinds.glyph(change.kind()) + " " + change.role().title() + " " + Kinds.word(change.kind()) + " "
                + Sizes.delta(change.bytes()) + " at " + change.at() + ": " + ChangeGroup.why(change, causes);
    }
}
