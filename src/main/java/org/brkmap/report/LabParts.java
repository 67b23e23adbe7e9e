package org.brkmap.report;

import java.util.Map;
import java.util.Set;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.LabDocument;
import org.brkmap.evidence.RunDocument;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** The parts of a lab's page that a single run has not. */
final class LabParts {
    private LabParts() {}

    static Element facts(LabDocument lab) {
        Element list = Html.el("dl", "facts");
        for (Map.Entry<String, @Nullable Object> fact : lab.facts().entrySet()) {
            Object value = fact.getValue();
            list.appendChild(Html.el("dt", null, fact.getKey()));
            list.appendChild(Html.el(
                    "dd",
                    null,
                    value == null ? Sizes.UNKNOWN : value instanceof Long number ? Sizes.grouped(number) : value));
        }
        return Html.el("section", null, Html.el("h2", null, "Measured on this machine"), list);
    }

    /** The run that the page begins with. */
    static Element first(RunSection section) {
        Element element = Html.el("div", null).attr("id", RunSection.id(0));
        section.full("h2", false).forEach(element::appendChild);
        return element;
    }

    /** All runs: those that are not drawn in full are told here. */
    static Element overview(LabDocument lab, Sources sources, Set<Integer> full) {
        Element body = new Element("tbody");
        for (int i = 0; i < lab.runs().size(); i++) {
            RunDocument run = lab.runs().get(i);
            RunSection section = new RunSection(i, run, sources);
            Element checks = new Element("span");
            for (CheckStatus status : CheckStatus.values()) {
                long count = count(lab, i, status);
                if (count > 0) {
                    checks.appendChild(Html.el("span", null, Checks.badge(status), count == 1 ? "" : "×" + count));
                }
            }
            String name = (i + 1) + ". " + run.name();
            Element row = Html.el(
                    "tr",
                    null,
                    Html.head("row", null, full.contains(i) ? Html.link("#" + RunSection.id(i), name) : name),
                    Html.cell("Finding", null, full.contains(i) ? section.headline() : section.brief()),
                    Html.cell("Checks", null, checks));
            body.appendChild(full.contains(i) ? row : row.attr("id", RunSection.id(i)));
        }
        return Html.el(
                "section",
                null,
                Html.el("h2", null, "Runs"),
                Html.el(
                        "table",
                        "overview cards",
                        Html.el("caption", null, "Each program was observed once; what each run showed"),
                        Html.el(
                                "thead",
                                null,
                                Html.el(
                                        "tr",
                                        null,
                                        Html.head("col", null, "Run"),
                                        Html.head("col", null, "Finding"),
                                        Html.head("col", null, "Checks"))),
                        body));
    }

    private static long count(LabDocument lab, int run, CheckStatus status) {
        return lab.checks().stream()
                .filter(check -> check.status() == status && check.run() != null && check.run() == run)
                .count();
    }

    /** A run that is drawn in full beneath the first. */
    static Element run(int index, RunDocument run, Sources sources) {
        RunSection section = new RunSection(index, run, sources);
        Element element = Html.el(
                        "section",
                        "run",
                        Html.el("p", "kicker", "run " + (index + 1) + " · " + Visible.line(run.name(), 80)),
                        Html.el("h2", null, Html.headline(section.headline())),
                        section.deeds(),
                        section.remarks())
                .attr("id", RunSection.id(index));
        section.full("h3", false).forEach(element::appendChild);
        return element.appendChild(section.raw("h3", false));
    }
}
