package org.brkmap.grade;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.brkmap.grade.ClassFigures.CheckFigures;
import org.brkmap.grade.ClassFigures.Mistake;
import org.jsoup.nodes.Element;

/**
 * What a class got wrong, to teach from: by exercise, the most failed first, the commonest wrong answers, and how memory went in
 * programs that failed beside those that passed. It names no student.
 */
final class MisconceptionsPage {
    static final String FILE = "misconceptions.html";

    private MisconceptionsPage() {}

    static String render(Gradebook book) {
        String course = book.course().title();
        String title = (course.isEmpty() ? "" : course + ": ") + "what most got wrong";
        Element main = Page.el(
                "main",
                null,
                Page.el("h1", null, course.isEmpty() ? "What most got wrong" : title),
                Page.el(
                        "p",
                        "quiet",
                        "The most failed first. Addresses are left out; shares are of those who tried. No student is named."));
        for (String lab : book.labs()) {
            Element section = Page.el("section", null, Page.el("h2", null, lab));
            List<CheckFigures> wrong = ClassFigures.of(book, lab).checks().stream()
                    .filter(check -> check.failed() > 0 || !check.answers().isEmpty())
                    .sorted(Comparator.comparingInt(CheckFigures::failed).reversed())
                    .toList();
            wrong.forEach(check -> section.appendChild(exercise(check)));
            if (wrong.isEmpty()) {
                section.appendChild(Page.el("p", null, "Nothing yet."));
            }
            main.appendChild(section);
        }
        main.appendChild(Page.el("footer", "quiet", "Made by brkmap. Nothing was loaded from the network."));
        return Page.of(title, main);
    }

    private static Element exercise(CheckFigures check) {
        int tried = check.passed() + check.failed();
        Element card = Page.el(
                "section",
                "card",
                Page.el("h3", null, check.check().title()),
                Page.el(
                        "p",
                        null,
                        Page.el("code", null, check.check().id()),
                        ": " + check.failed() + " of " + tried + " who tried failed"
                                + (tried == 0 ? "" : " (" + check.failureRate() + " %)")
                                + (check.check().hidden() ? "; students have not seen this check" : "") + "."));
        list(card, "Wrong answers", check.answers(), tried);
        list(card, "What was seen instead", check.findings(), tried);
        list(card, "How memory went in programs that failed", check.wrongShapes(), tried);
        if (!check.wrongShapes().isEmpty()) {
            list(card, "… and in programs that passed", check.rightShapes(), tried);
        }
        return card;
    }

    private static void list(Element card, String title, List<Mistake> mistakes, int tried) {
        if (mistakes.isEmpty()) {
            return;
        }
        List<Element> rows = new ArrayList<>();
        for (Mistake mistake : mistakes) {
            rows.add(Page.el(
                    "tr",
                    null,
                    Page.el("td", "number", Integer.toString(mistake.students())),
                    Page.el("td", "bar", bar(mistake.students(), tried)),
                    Page.el("td", null, mistake.what())));
        }
        card.appendChild(Page.el("h4", null, title));
        card.appendChild(
                Page.el("table", "mistakes", Page.el("tbody", null, rows)).attr("aria-label", title));
    }

    private static Element bar(int students, int tried) {
        int width = tried == 0 ? 0 : Math.min(100, Math.max(1, Math.round(100f * students / tried)));
        return new Element("svg")
                .attr("viewBox", "0 0 100 12")
                .attr("width", "100")
                .attr("height", "12")
                .attr("aria-hidden", "true")
                .appendChild(new Element("rect")
                        .attr("width", Integer.toString(width))
                        .attr("height", "12"));
    }
}
