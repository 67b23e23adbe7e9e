package org.brkmap.grade;

import java.util.ArrayList;
import java.util.List;
import org.brkmap.grade.ClassFigures.CheckFigures;
import org.brkmap.grade.Gradebook.Entry;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** One lab of a gradebook's page: who did not hand in, how the points are distributed, and how often each exercise failed. */
final class LabSection {
    private LabSection() {}

    static Element of(Gradebook book, String lab, ClassFigures figures) {
        Element section = Page.el(
                "section",
                null,
                Page.el("h2", null, lab),
                Page.el("p", null, figures.handedIn() + " handed in, " + figures.missing() + " did not."));
        List<String> missing = book.rows().stream()
                .filter(row -> row.listed() && isMissing(row.entries().get(lab)))
                .map(row -> row.student().id())
                .toList();
        if (!missing.isEmpty()) {
            section.appendChild(Page.el(
                    "details",
                    null,
                    Page.el("summary", null, "Who did not"),
                    Page.el(
                            "p",
                            null,
                            missing.stream()
                                    .map(id -> Page.el("span", null, id + " "))
                                    .toList())));
        }
        section.appendChild(Page.el("h3", null, "Points"));
        section.appendChild(distribution(figures.tenths()));
        section.appendChild(Page.el("h3", null, "Exercises"));
        section.appendChild(rates(lab, figures));
        return section;
    }

    private static boolean isMissing(@Nullable Entry entry) {
        return entry != null && entry.result() == null;
    }

    private static Element distribution(List<Integer> tenths) {
        int most = 1;
        for (int count : tenths) {
            most = Math.max(most, count);
        }
        Element svg = new Element("svg")
                .attr("viewBox", "0 0 440 130")
                .attr("width", "440")
                .attr("role", "img")
                .attr("aria-label", "Students by percent of points, in tenths: " + tenths);
        for (int i = 0; i < tenths.size(); i++) {
            int height = Math.round(90f * tenths.get(i) / most);
            svg.appendChild(new Element("rect")
                    .attr("x", Integer.toString(4 + i * 43))
                    .attr("y", Integer.toString(105 - height))
                    .attr("width", "38")
                    .attr("height", Integer.toString(height)));
            svg.appendChild(
                    label(23 + i * 43, 100 - height, tenths.get(i) == 0 ? "" : Integer.toString(tenths.get(i))));
            svg.appendChild(label(23 + i * 43, 120, i * 10 + (i == 9 ? "–100" : "–" + (i * 10 + 9))));
        }
        svg.appendChild(new Element("line")
                .attr("x1", "0")
                .attr("y1", "105")
                .attr("x2", "440")
                .attr("y2", "105"));
        return svg;
    }

    private static Element label(int x, int y, String text) {
        return Page.el("text", null, text)
                .attr("x", Integer.toString(x))
                .attr("y", Integer.toString(y))
                .attr("text-anchor", "middle");
    }

    private static Element rates(String lab, ClassFigures figures) {
        List<Element> rows = new ArrayList<>();
        for (CheckFigures check : figures.checks()) {
            Integer rate = check.failureRate();
            rows.add(Page.el(
                    "tr",
                    null,
                    Page.el("th", null, check.check().id()).attr("scope", "row"),
                    Page.el("td", null, check.check().title()),
                    Page.el("td", "number", Integer.toString(check.check().points())),
                    Page.el("td", "number", Integer.toString(check.passed())),
                    Page.el("td", "number", Integer.toString(check.failed())),
                    Page.el("td", "number", Integer.toString(check.skipped())),
                    Page.el("td", "number", Integer.toString(check.notChecked())),
                    Page.el("td", "number", rate == null ? "" : rate.toString())));
        }
        return Page.table(
                "Exercises of " + lab,
                Page.el(
                        "tr",
                        null,
                        Page.head(null, "Exercise"),
                        Page.head(null, "Asks"),
                        Page.head("number", "Points"),
                        Page.head("number", "Passed"),
                        Page.head("number", "Failed"),
                        Page.head("number", "Not begun"),
                        Page.head("number", "Not checked"),
                        Page.head("number", "Failed %")),
                rows);
    }
}
