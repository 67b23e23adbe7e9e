package org.brkmap.grade;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.brkmap.grade.ClassFigures.CheckFigures;
import org.brkmap.grade.ClassFigures.Mistake;
import org.brkmap.grade.Gradebook.Entry;
import org.brkmap.grade.Gradebook.Row;
import org.brkmap.grade.Gradebook.Worth;
import org.jsoup.nodes.Element;

/** The overview of a class: students and exercises, what is flagged, and what most got wrong. */
final class GradebookPage {
    private final Gradebook book;

    private GradebookPage(Gradebook book) {
        this.book = book;
    }

    static String render(Gradebook book) {
        return new GradebookPage(book).page();
    }

    private String page() {
        String title =
                book.course().title().isEmpty() ? "Gradebook" : book.course().title() + ": gradebook";
        Element main = Page.el("main", null, Page.el("h1", null, title), standing());
        main.appendChild(students());
        flags().ifPresent(main::appendChild);
        for (String lab : book.labs()) {
            main.appendChild(lab(lab));
        }
        main.appendChild(Page.el(
                "footer", "quiet", "Made by brkmap from the results beside it. Nothing was loaded from the network."));
        return Page.of(title, main);
    }

    private Element standing() {
        boolean claims = book.rows().stream()
                .flatMap(row -> row.entries().values().stream())
                .anyMatch(entry -> isClaim(entry));
        long listed = book.rows().stream().filter(Row::listed).count();
        Element text = Page.el(
                "p",
                "quiet",
                listed
                        + (listed == 1 ? " student, " : " students, ")
                        + book.labs().size()
                        + (book.labs().size() == 1 ? " lab." : " labs."));
        if (claims) {
            Page.add(
                    text,
                    " Points marked * are an unverified claim: recomputed from a report, which its student could have"
                            + " made up. A re-run is the proof.");
        }
        return text;
    }

    private static boolean isClaim(Entry entry) {
        Result result = entry.result();
        return result != null && !result.grading().isRerun();
    }

    private Element students() {
        Element header = Page.el("tr", null, Page.head(null, "Student"), Page.head(null, "Id"));
        boolean several = book.labs().size() > 1;
        if (several) {
            header.appendChild(Page.head("number", "Total %"));
        }
        for (String lab : book.labs()) {
            header.appendChild(Page.head("number", lab));
            if (!several) {
                for (CheckFigures check : exercises(lab)) {
                    header.appendChild(Page.head("number", check.check().id()));
                }
            }
        }
        header.appendChild(Page.head("number", "Flags"));
        List<Element> rows = new ArrayList<>();
        for (Row row : book.rows()) {
            rows.add(student(row, several));
        }
        Element table = Page.table("Students", header, rows);
        table.expectFirst("table").attr("id", "students");
        Element search = Page.el(
                "label",
                "screen",
                "Find ",
                new Element("input").attr("id", "search").attr("type", "search"),
                " ",
                Page.el("output", "quiet").attr("id", "shown"));
        return Page.el("section", null, Page.el("h2", null, "Students"), search.attr("hidden", true), table);
    }

    private List<CheckFigures> exercises(String lab) {
        return figures(lab).checks().stream()
                .filter(check -> check.check().points() > 0)
                .toList();
    }

    private final java.util.Map<String, ClassFigures> known = new java.util.HashMap<>();

    private ClassFigures figures(String lab) {
        return known.computeIfAbsent(lab, id -> ClassFigures.of(book, id));
    }

    private Element student(Row row, boolean several) {
        String name = row.student().name().isEmpty()
                ? row.student().id()
                : row.student().name();
        Element line = Page.el(
                "tr",
                null,
                Page.el(
                                "th",
                                null,
                                Page.el("a", null, name).attr("href", "feedback/" + FeedbackPage.file(row.student())))
                        .attr("scope", "row"),
                Page.el("td", null, row.student().id()));
        if (several) {
            BigDecimal total = row.total();
            line.appendChild(Page.el("td", "number", total == null ? "" : total.toPlainString()));
        }
        int flags = 0;
        for (String lab : book.labs()) {
            Entry entry = row.entries().get(lab);
            line.appendChild(points(entry));
            if (!several) {
                for (CheckFigures check : exercises(lab)) {
                    line.appendChild(earned(entry, check.check().id()));
                }
            }
            flags += entry == null ? 0 : entry.flags().size();
        }
        line.appendChild(Page.el("td", "number", flags == 0 ? "" : Integer.toString(flags)));
        return line;
    }

    private static Element points(@org.jspecify.annotations.Nullable Entry entry) {
        if (entry == null) {
            return Page.el("td", "number", "");
        }
        if (entry.result() == null && entry.earned().signum() == 0) {
            return Page.el("td", "number quiet", "–").attr("data-sort", "");
        }
        return Page.el("td", "number", entry.earned().toPlainString() + (isClaim(entry) ? "*" : ""))
                .attr("data-sort", entry.earned().toPlainString());
    }

    private static Element earned(@org.jspecify.annotations.Nullable Entry entry, String check) {
        if (entry != null) {
            for (Worth worth : entry.checks()) {
                if (worth.check().id().equals(check)) {
                    boolean full = worth.earned().compareTo(worth.max()) >= 0;
                    return Page.el(
                            "td",
                            full ? "number" : "number quiet",
                            Gradebook.tidy(worth.earned()).toPlainString());
                }
            }
        }
        return Page.el("td", "number", "");
    }

    private java.util.Optional<Element> flags() {
        List<Element> rows = new ArrayList<>();
        for (Row row : book.rows()) {
            row.entries()
                    .forEach((lab, entry) -> entry.flags().forEach(flag -> {
                        if (flag.kind() != FlagKind.MISSING) {
                            rows.add(Page.el(
                                    "tr",
                                    null,
                                    Page.el("th", null, row.student().id()).attr("scope", "row"),
                                    Page.el("td", null, lab),
                                    Page.el(
                                            "td",
                                            null,
                                            flag.kind().title() + (flag.kind().isHint() ? " (hint)" : "")),
                                    Page.el("td", null, flag.reason())));
                        }
                    }));
        }
        if (rows.isEmpty()) {
            return java.util.Optional.empty();
        }
        return java.util.Optional.of(Page.el(
                "section",
                null,
                Page.el("h2", null, "To look at"),
                Page.el("p", "quiet", "A flag takes no points by itself."),
                Page.table(
                        "Flags",
                        Page.el(
                                "tr",
                                null,
                                Page.head(null, "Student"),
                                Page.head(null, "Lab"),
                                Page.head(null, "What"),
                                Page.head(null, "Why")),
                        rows)));
    }

    private Element lab(String lab) {
        ClassFigures figures = figures(lab);
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
            Element details = Page.el("details", null, Page.el("summary", null, "Who did not"));
            Page.add(
                    details,
                    Page.el(
                            "p",
                            null,
                            missing.stream()
                                    .map(id -> Page.el("span", null, id + " "))
                                    .toList()));
            section.appendChild(details);
        }
        section.appendChild(Page.el("h3", null, "Points"));
        section.appendChild(distribution(figures.tenths()));
        section.appendChild(Page.el("h3", null, "Exercises"));
        section.appendChild(rates(lab, figures));
        section.appendChild(Page.el("h3", null, "What most got wrong"));
        section.appendChild(mistakes(figures));
        return section;
    }

    private static boolean isMissing(@org.jspecify.annotations.Nullable Entry entry) {
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

    private static Element mistakes(ClassFigures figures) {
        Element list = Page.el("div", null);
        for (CheckFigures check : figures.checks()) {
            if (check.answers().isEmpty() && check.findings().isEmpty()) {
                continue;
            }
            list.appendChild(Page.el(
                    "h4", null, check.check().id() + ": " + check.check().title()));
            Element items = new Element("ul");
            check.answers().forEach(mistake -> items.appendChild(item("answered ", mistake)));
            check.findings().forEach(mistake -> items.appendChild(item("", mistake)));
            list.appendChild(items);
        }
        return list.childrenSize() == 0 ? Page.el("p", null, "Nothing yet.") : list;
    }

    private static Element item(String before, Mistake mistake) {
        return Page.el("li", null, before + mistake.what(), Page.el("span", "quiet", count(mistake.students())));
    }

    private static String count(int students) {
        return String.format(Locale.ROOT, " (%d %s)", students, students == 1 ? "student" : "students");
    }

    /** Names of kinds of flags, for a summary. */
    static String kinds(List<Flag> flags) {
        return flags.stream().map(flag -> flag.kind().title()).distinct().collect(Collectors.joining(", "));
    }
}
