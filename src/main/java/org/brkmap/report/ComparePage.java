package org.brkmap.report;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.brkmap.evidence.RunDocument;
import org.brkmap.model.Snapshot;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** A comparison as a page: bars, maps on one axis with addresses normalised, and what changed on either side. */
final class ComparePage {
    private static final int MOST_PAIRS = 6;

    private ComparePage() {}

    static String render(Comparison comparison, String one, String other) {
        Document page = Document.createShell("");
        page.outputSettings().prettyPrint(false).charset(StandardCharsets.UTF_8);
        page.expectFirst("html").attr("lang", "en");
        HtmlReport.head(page, "Comparison");
        Element main = Html.el(
                "main",
                null,
                Html.el(
                        "header",
                        null,
                        Html.el("p", "kicker", "brkmap · comparison"),
                        Html.el(
                                "h1",
                                null,
                                comparison.isSame()
                                        ? "The same, but for addresses."
                                        : "What differs, addresses left out of account"),
                        Html.el(
                                "p",
                                "lead",
                                Html.el("strong", null, "A"),
                                " is " + one + ", ",
                                Html.el("strong", null, "B"),
                                " is " + other + ".")));
        List<Comparison.Pair> pairs = comparison.pairs().stream()
                .filter(pair -> pair.one() != null && pair.other() != null)
                .toList();
        for (int i = 0; i < Math.min(MOST_PAIRS, pairs.size()); i++) {
            main.appendChild(section(i, pairs.get(i)));
        }
        if (pairs.size() > MOST_PAIRS) {
            main.appendChild(Html.el(
                    "p",
                    "quiet",
                    Html.plural(pairs.size() - MOST_PAIRS, "more run is", "more runs are")
                            + " not drawn; the text lists all."));
        }
        main.appendChild(alone(comparison.pairs()));
        page.body().appendChild(main);
        page.body().appendChild(new Element("script").appendChild(new DataNode(FrontEnd.script())));
        return "<!doctype html>\n" + page.expectFirst("html").outerHtml() + "\n";
    }

    /** The runs that only one side has; empty where there are none. */
    private static Element alone(List<Comparison.Pair> pairs) {
        Element list = Html.el("ul", null);
        for (Comparison.Pair pair : pairs) {
            RunDocument only = pair.one() == null ? pair.other() : pair.other() == null ? pair.one() : null;
            if (only != null) {
                list.appendChild(Html.el(
                        "li",
                        null,
                        Html.el("strong", null, pair.one() == null ? "B" : "A"),
                        " " + pair.name() + ": " + Comparison.headline(only)));
            }
        }
        return list.childrenSize() == 0
                ? Html.el("div", null)
                : Html.el("section", null, Html.el("h2", null, "Runs that only one of them has"), list);
    }

    private static Element section(int index, Comparison.Pair pair) {
        Element section = Html.el(
                        "section",
                        "run",
                        Html.el("h2", null, pair.name()),
                        Html.el("p", null, Html.el("strong", null, "A"), "  " + Comparison.headline(pair.one())),
                        Html.el("p", null, Html.el("strong", null, "B"), "  " + Comparison.headline(pair.other())))
                .attr("id", RunSection.id(index));
        Step step = step(pair.one(), pair.other());
        if (step != null && pair.one() != null) {
            int pageSize = pair.one().observation().host().pageSize();
            MapPicture map = new MapPicture(RunSection.id(index) + "-map", step, pageSize);
            section.appendChild(Bars.of(step, "A", "B"));
            section.appendChild(Html.el(
                    "div",
                    "where compared",
                    map.figure("A", "B", "B is drawn at the addresses of A."),
                    Html.el(
                            "div",
                            "legend",
                            Html.scroll(RoleTable.of(step, "A", "B")),
                            new Sides(step.before().mappings(), step.after().mappings()).list("A", "B"))));
        }
        section.appendChild(changes(Comparison.lines(pair)));
        return section;
    }

    /** From the one's moment to the other's, which is moved onto its addresses; null where either saw nothing. */
    private static @Nullable Step step(@Nullable RunDocument one, @Nullable RunDocument other) {
        Snapshot a = one == null ? null : Comparison.moment(one);
        Snapshot b = other == null ? null : Comparison.moment(other);
        if (one == null || a == null || b == null) {
            return null;
        }
        Snapshot moved = b.withMappings(Rebased.onto(a.mappings(), b.mappings()));
        return new Step(a, moved, Net.of(a, moved, List.of()), List.of(), List.of());
    }

    private static Element changes(List<Comparison.Line> lines) {
        if (lines.isEmpty()) {
            return Html.el("p", "quiet", "Neither changed its address space.");
        }
        Element body = new Element("tbody");
        for (Comparison.Line line : lines) {
            body.appendChild(Html.el(
                    "tr",
                    line.isSame() ? null : "marked",
                    Html.head("row", null, line.change()),
                    Html.cell("A", null, line.one()),
                    Html.cell("B", null, line.other()),
                    Html.cell("Both", null, line.isSame() ? "same" : "differs")));
        }
        return Html.el(
                "table",
                "cards twins",
                Html.el("caption", null, "What changed within each, from its first stop to its fullest"),
                Html.el(
                        "thead",
                        null,
                        Html.el(
                                "tr",
                                null,
                                Html.head("col", null, "Change"),
                                Html.head("col", null, "A"),
                                Html.head("col", null, "B"),
                                Html.head("col", null, "Both"))),
                body);
    }
}
