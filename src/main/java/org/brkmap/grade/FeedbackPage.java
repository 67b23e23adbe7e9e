package org.brkmap.grade;

import java.util.ArrayList;
import java.util.List;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.grade.Gradebook.Entry;
import org.brkmap.grade.Gradebook.Row;
import org.brkmap.grade.Gradebook.Worth;
import org.jsoup.nodes.Element;

/** What one student is told: points, what was expected and seen, and why points were changed. It names no other student. */
final class FeedbackPage {
    /** A text has a line for each part of an exercise; who needs more wants to fill the page. */
    private static final int MOST_LINES = 40;

    private FeedbackPage() {}

    /** The page's file name. */
    static String file(Student student) {
        return student.fileName() + ".html";
    }

    static String render(Gradebook book, Row row) {
        String name = row.student().name().isEmpty()
                ? row.student().id()
                : row.student().name();
        Element main = Page.el("main", null, Page.el("h1", null, name));
        for (String lab : book.labs()) {
            Entry entry = row.entries().get(lab);
            if (entry != null) {
                main.appendChild(lab(lab, entry));
            }
        }
        main.appendChild(Page.el("footer", "quiet", "Made by brkmap. Nothing was loaded from the network."));
        return Page.of(name, main);
    }

    private static Element lab(String lab, Entry entry) {
        Element section = Page.el(
                "section",
                null,
                Page.el("h2", null, lab),
                Page.el(
                        "p",
                        null,
                        Page.el(
                                "strong",
                                null,
                                entry.earned().toPlainString() + " of "
                                        + entry.max().toPlainString() + " points"),
                        standing(entry)));
        Element told = new Element("ul");
        entry.flags().stream()
                .filter(flag -> flag.kind().isForTheStudent())
                .forEach(flag -> told.appendChild(
                        Page.el("li", null, Page.el("strong", null, flag.kind().title()), ": " + flag.reason())));
        if (told.childrenSize() > 0) {
            section.appendChild(told);
        }
        List<Element> rows = new ArrayList<>();
        for (Worth worth : entry.checks()) {
            if (worth.check().points() > 0 || worth.check().status() == CheckStatus.FAILED) {
                rows.add(row(worth));
            }
        }
        if (!rows.isEmpty()) {
            section.appendChild(Page.table(
                    "Exercises of " + lab,
                    Page.el(
                            "tr",
                            null,
                            Page.head(null, "Exercise"),
                            Page.head("number", "Points"),
                            Page.head("number", "Of"),
                            Page.head(null, "Outcome"),
                            Page.head(null, "Expected and seen")),
                    rows));
        }
        return section;
    }

    private static String standing(Entry entry) {
        Result result = entry.result();
        return result == null ? "" : " (" + result.grading().title() + ")";
    }

    private static Element row(Worth worth) {
        GradedCheck check = worth.check();
        Element seen = new Element("td");
        String expected = check.expected();
        String actual = check.actual();
        if (check.hidden() && check.status() == CheckStatus.FAILED) {
            Page.add(seen, "a check of your instructor's");
        } else {
            if (expected != null) {
                lines(seen, "expected: " + expected);
            }
            if (actual != null) {
                lines(seen, (expected == null ? "" : "seen: ") + actual);
            }
        }
        return Page.el(
                "tr",
                null,
                Page.el("th", null, check.title()).attr("scope", "row"),
                Page.el("td", "number", Gradebook.tidy(worth.earned()).toPlainString()),
                Page.el("td", "number", Gradebook.tidy(worth.max()).toPlainString()),
                Page.el(
                        "td",
                        check.status() == CheckStatus.FAILED ? "bad" : null,
                        check.status().title(),
                        Page.el("div", "quiet", check.basis().title())),
                seen);
    }

    private static void lines(Element cell, String text) {
        text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .limit(MOST_LINES)
                .forEach(line -> Page.add(cell, Page.el("div", null, line)));
    }
}
