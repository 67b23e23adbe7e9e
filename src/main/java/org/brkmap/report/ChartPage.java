package org.brkmap.report;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Measured numbers as one page that needs nothing else: sentences, charts, tables. Thread-safe. */
public final class ChartPage {
    private ChartPage() {}

    /**
     * A part of the page.
     *
     * @param sentences what the figures say, a list item each
     * @param tables what is to be read to the digit; below charts they are folded
     */
    public record Section(String heading, List<String> sentences, List<Chart> charts, List<Table> tables) {
        public Section {
            sentences = List.copyOf(sentences);
            charts = List.copyOf(charts);
            tables = List.copyOf(tables);
        }
    }

    /** A table whose first column names the row; all others are numbers or short words. */
    public record Table(String caption, List<String> head, List<List<String>> rows) {
        public Table {
            head = List.copyOf(head);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /**
     * The page; the same input gives the same bytes.
     *
     * @param kicker what it is, in a few words
     * @param headline what was found, in a sentence
     * @param lead what a reader must know before the figures
     */
    public static String render(String kicker, String headline, String lead, List<Section> sections) {
        Document page = Document.createShell("");
        page.outputSettings().prettyPrint(false).charset(StandardCharsets.UTF_8);
        page.expectFirst("html").attr("lang", "en");
        HtmlReport.head(page, kicker, FrontEnd.chartStyle());
        Element main = Html.el(
                "main",
                null,
                Html.el(
                        "header",
                        null,
                        Html.el("p", "kicker", "brkmap · " + kicker),
                        Html.el("h1", null, headline),
                        Html.el("p", "lead", lead)));
        int number = 0;
        for (Section section : sections) {
            Element element = Html.el("section", null, Html.el("h2", null, section.heading()));
            if (!section.sentences().isEmpty()) {
                Element list = Html.el("ul", "findings");
                section.sentences().forEach(sentence -> list.appendChild(Html.el("li", null, sentence)));
                element.appendChild(list);
            }
            for (Chart chart : section.charts()) {
                element.appendChild(figure("chart-" + number++, chart));
            }
            section.tables()
                    .forEach(table -> element.appendChild(section.charts().isEmpty() ? open(table) : folded(table)));
            main.appendChild(element);
        }
        page.body().appendChild(main);
        page.body()
                .appendChild(Html.el(
                        "footer",
                        null,
                        "Made by brkmap from runs on one machine. Nothing was loaded from the network."));
        return "<!doctype html>\n" + page.expectFirst("html").outerHtml() + "\n";
    }

    private static Element figure(String id, Chart chart) {
        Element picture;
        if (chart instanceof Chart.Lines lines) {
            picture = LineChart.draw(id, lines);
        } else if (chart instanceof Chart.Spread spread) {
            picture = BarCharts.draw(id, spread);
        } else {
            picture = BarCharts.draw(id, (Chart.Parts) chart);
        }
        return Html.el(
                "figure",
                "chart",
                Html.el("h3", null, chart.title()),
                Html.el("div", "scroll", picture).attr("tabindex", "0"),
                Html.el("figcaption", null, chart.caption()));
    }

    private static Element open(Table table) {
        Element head = Html.el("tr", null);
        table.head().forEach(name -> head.appendChild(Html.head("col", null, name)));
        Element body = Html.el("tbody", null);
        for (List<String> row : table.rows()) {
            Element line = Html.el("tr", null, Html.head("row", null, row.get(0)));
            for (int i = 1; i < row.size(); i++) {
                line.appendChild(Html.cell(table.head().get(i), isNumber(row.get(i)) ? "num" : null, row.get(i)));
            }
            body.appendChild(line);
        }
        return Html.el(
                        "div",
                        "scroll",
                        Html.el(
                                "table",
                                null,
                                Html.el("caption", null, table.caption()),
                                Html.el("thead", null, head),
                                body))
                .attr("tabindex", "0");
    }

    /** Sentences are read from the left, as words are. */
    private static boolean isNumber(String cell) {
        return cell.equals("n/a") || (!cell.isEmpty() && Character.isDigit(cell.charAt(0)) && cell.length() < 24);
    }

    private static Element folded(Table table) {
        return Html.el("details", null, Html.el("summary", null, table.caption()), open(table));
    }
}
