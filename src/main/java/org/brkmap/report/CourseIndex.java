package org.brkmap.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * The page that lists the labs run so far, {@code index.html} beside their reports: points, finding, and a small picture of the
 * map. Made from what each report says of itself in its head. Thread-safe.
 */
public final class CourseIndex {
    /** What a report says of itself stands before its style, and is short. */
    private static final int HEAD_BYTES = 16_384;

    private static final int MOST_BLOCKS = 80;

    /** What one report says of itself. */
    private record Entry(String file, String title, String verdict, int earned, int max, String checks, String map) {}

    private CourseIndex() {}

    /**
     * Writes the page anew for the reports that lie in a directory.
     *
     * @return where it is
     * @throws IOException if the directory cannot be read or the page not be written
     */
    public static Path write(Path directory) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> path.getFileName().toString().matches("lab\\d+\\.html"))
                    .sorted(Comparator.comparingInt(CourseIndex::number))
                    .toList()) {
                Entry entry = entry(file);
                if (entry != null) {
                    entries.add(entry);
                }
            }
        }
        Path index = directory.resolve("index.html");
        ReportFiles.write(index, page(entries));
        return index;
    }

    private static int number(Path file) {
        String digits = file.getFileName().toString().replaceAll("\\D", "");
        return digits.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }

    private static @Nullable Entry entry(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD_BYTES);
        }
        Document page = Jsoup.parse(new String(head, StandardCharsets.UTF_8));
        String title = told(page, "title");
        return title.isEmpty()
                ? null
                : new Entry(
                        file.getFileName().toString(),
                        title,
                        told(page, "verdict"),
                        count(told(page, "earned")),
                        count(told(page, "points")),
                        told(page, "checks"),
                        told(page, "map"));
    }

    private static String told(Document page, String name) {
        Element meta = page.selectFirst("meta[name=brkmap:" + name + "]");
        return meta == null ? "" : meta.attr("content");
    }

    private static int count(String digits) {
        return digits.matches("\\d{1,6}") ? Integer.parseInt(digits) : 0;
    }

    private static String page(List<Entry> entries) {
        Document page = Document.createShell("");
        page.outputSettings().prettyPrint(false).charset(StandardCharsets.UTF_8);
        page.expectFirst("html").attr("lang", "en");
        HtmlReport.head(page, "Labs");
        int earned = entries.stream().mapToInt(Entry::earned).sum();
        int max = entries.stream().mapToInt(Entry::max).sum();
        Element list = Html.el("ol", "course");
        entries.forEach(entry -> list.appendChild(card(entry)));
        page.body()
                .appendChild(Html.el(
                        "main",
                        null,
                        Html.el(
                                "header",
                                null,
                                Html.el("p", "kicker", "brkmap"),
                                Html.el("h1", null, "Labs run so far"),
                                Html.el(
                                        "p",
                                        "lead",
                                        entries.isEmpty()
                                                ? "None yet."
                                                : Html.plural(entries.size(), "lab", "labs") + ", "
                                                        + Html.plural(earned, "point", "points") + " of " + max + ".")),
                        list));
        return "<!doctype html>\n" + page.expectFirst("html").outerHtml() + "\n";
    }

    private static Element card(Entry entry) {
        Element meter = new Element("svg")
                .attr("class", "meter")
                .attr("viewBox", "0 0 100 6")
                .attr("preserveAspectRatio", "none")
                .attr("aria-hidden", "true");
        meter.appendChild(Svg.rect("bar-track", 0, 0, 100, 6));
        if (entry.max() > 0) {
            meter.appendChild(Svg.rect("bar-after", 0, 0, 100.0 * entry.earned() / entry.max(), 6));
        }
        return Html.el(
                "li",
                null,
                thumbnail(entry.map()),
                Html.el(
                        "div",
                        null,
                        Html.el("h2", null, Html.link(entry.file(), entry.title())),
                        Html.el("p", null, entry.verdict()),
                        meter,
                        Html.el(
                                "p",
                                "quiet",
                                (entry.max() > 0 ? entry.earned() + " of " + entry.max() + " points · " : "")
                                        + entry.checks())));
    }

    /** A picture from {@code hue,column,top,height} of each block, in percent; what is not of that form is left out. */
    private static Element thumbnail(String map) {
        Element svg = new Element("svg")
                .attr("class", "thumbnail")
                .attr("viewBox", "0 0 70 100")
                .attr("aria-hidden", "true");
        svg.appendChild(Svg.rect("bar-track", 0, 0, 70, 100));
        for (String block : map.split(" ", MOST_BLOCKS + 1)) {
            if (block.matches("[a-z]{1,12},[01],\\d{1,3},\\d{1,3}")) {
                String[] part = block.split(",", -1);
                svg.appendChild(Svg.rect(
                        "thumb hue-" + part[0],
                        part[1].equals("0") ? 2 : 37,
                        Integer.parseInt(part[2]),
                        31,
                        Integer.parseInt(part[3])));
            }
        }
        return svg;
    }

    /** What a lab's page says of itself for this index. */
    static void describe(
            Document page, String title, String verdict, int earned, int max, String checks, @Nullable MapPicture map) {
        tell(page, "title", title);
        tell(page, "verdict", verdict);
        tell(page, "earned", Integer.toString(earned));
        tell(page, "points", Integer.toString(max));
        tell(page, "checks", checks);
        tell(page, "map", map == null ? "" : map.small());
    }

    private static void tell(Document page, String name, String value) {
        Element meta = new Element("meta").attr("name", "brkmap:" + name).attr("content", Visible.line(value, 4000));
        page.head().expectFirst("style").before(meta);
    }
}
