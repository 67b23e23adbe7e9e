package org.brkmap.grade;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.brkmap.grade.Gradebook.Entry;
import org.brkmap.grade.Gradebook.Row;
import org.jsoup.nodes.Element;

/** The re-runs that took longest where they were made. Times differ from run to run, so it is a page of its own. */
final class SlowestPage {
    static final String FILE = "slowest.html";
    private static final int MOST = 100;

    private SlowestPage() {}

    /** What took how long. */
    private record Timed(Row row, String lab, Entry entry, Duration took) {}

    static String render(Gradebook book, ResultFiles results, Map<String, Duration> times) {
        List<Timed> timed = new ArrayList<>();
        for (Row row : book.rows()) {
            row.entries().forEach((lab, entry) -> {
                Result result = entry.result();
                Duration took = result == null ? null : times.get(RunTimes.name(results.file(result)));
                if (took != null) {
                    timed.add(new Timed(row, lab, entry, took));
                }
            });
        }
        timed.sort(Comparator.comparing(Timed::took).reversed());
        List<Element> rows = timed.stream().limit(MOST).map(SlowestPage::row).toList();
        Element main = Page.el(
                "main",
                null,
                Page.el("h1", null, "The slowest"),
                Page.el(
                        "p",
                        "quiet",
                        timed.size() + " submissions were timed here, the slowest " + Math.min(MOST, timed.size())
                                + " are shown: the lab's own run, without the start of its worker."),
                Page.table(
                        "The slowest",
                        Page.el(
                                "tr",
                                null,
                                Page.head(null, "Student"),
                                Page.head(null, "Lab"),
                                Page.head("number", "Seconds"),
                                Page.head(null, "Flags")),
                        rows));
        return Page.of("The slowest", main);
    }

    private static Element row(Timed timed) {
        return Page.el(
                "tr",
                null,
                Page.el("th", null, timed.row().student().id()).attr("scope", "row"),
                Page.el("td", null, timed.lab()),
                Page.el(
                        "td",
                        "number",
                        String.format(Locale.ROOT, "%.1f", timed.took().toMillis() / 1000.0)),
                Page.el("td", null, GradebookPage.kinds(timed.entry().flags())));
    }
}
