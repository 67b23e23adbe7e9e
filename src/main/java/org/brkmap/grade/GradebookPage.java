package org.brkmap.grade;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.brkmap.grade.ClassFigures.CheckFigures;
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
        Element main = Page.el("main", null, Page.el("h1", null, title), standing(), pages());
        main.appendChild(students());
        flags().ifPresent(main::appendChild);
        for (String lab : book.labs()) {
            main.appendChild(LabSection.of(book, lab, figures(lab)));
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

    private Element pages() {
        Element pages = Page.el(
                "p",
                "screen",
                Page.el("a", null, "What most got wrong").attr("href", MisconceptionsPage.FILE),
                ", to teach from");
        boolean rerun = book.rows().stream()
                .flatMap(row -> row.entries().values().stream())
                .anyMatch(entry -> entry.result() != null && !isClaim(entry));
        if (rerun) {
            Page.add(pages, " · ");
            Page.add(pages, Page.el("a", null, "The slowest").attr("href", SlowestPage.FILE));
        }
        return pages;
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

    /** Names of kinds of flags, for a summary. */
    static String kinds(List<Flag> flags) {
        return flags.stream().map(flag -> flag.kind().title()).distinct().collect(Collectors.joining(", "));
    }
}
