package org.brkmap.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brkmap.bench.BenchPages;
import org.brkmap.evidence.ExampleRuns;
import org.brkmap.evidence.LabDocument;
import org.brkmap.evidence.RunDocument;
import org.brkmap.grade.GradePages;
import org.brkmap.report.Chart;
import org.brkmap.report.ChartPage;
import org.brkmap.report.Comparison;
import org.brkmap.report.CourseIndex;
import org.brkmap.report.HtmlReport;
import org.brkmap.report.ListingPage;

/** One page of each kind. */
final class Pages {
    private Pages() {}

    static Map<String, String> all() throws Exception {
        Map<String, String> pages = new LinkedHashMap<>();
        RunDocument grows = RunDocument.of(ExampleRuns.heapGrows());
        RunDocument appears = RunDocument.of(ExampleRuns.mappingsAppear());
        pages.put("a run", HtmlReport.render(Examples.allocation()));
        pages.put("a crash", HtmlReport.render(appears));
        pages.put("a lab", HtmlReport.render(ExampleRuns.lab()));
        pages.put("a comparison", new Comparison(grows, appears).page("a.html", "b.html"));
        pages.put(
                "a listing",
                ListingPage.render(
                        "maps",
                        List.of("Read from a file."),
                        grows.observation().snapshots().get(1).mappings(),
                        Set.of(3),
                        ExampleRuns.PAGE));
        pages.put("a lab of real runs", HtmlReport.render(realLab()));
        pages.put("processes", HtmlReport.render(Examples.family()));
        pages.put("measured numbers", numbers());
        pages.put("the index", index());
        return pages;
    }

    /** The pages of benchmarks and grades, which are read at a desk. */
    static Map<String, String> ofFigures() throws Exception {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("copies", BenchPages.copies());
        pages.put("mallocs", BenchPages.mallocs());
        pages.put("a gradebook", GradePages.gradebook());
        pages.put("feedback", GradePages.feedback());
        return pages;
    }

    /** Many runs, of which the first alone is drawn in full. */
    static LabDocument realLab() throws Exception {
        RunDocument run = Examples.allocation();
        return new LabDocument(
                "lab2",
                "Real runs",
                "brkmap test",
                Collections.nCopies(25, run),
                Map.of("runs", 25L),
                List.of(),
                Map.of());
    }

    private static String numbers() {
        List<Chart.Point> points = List.of(new Chart.Point(4096, 1e6), new Chart.Point(1 << 20, 3e9));
        Chart.Lines lines = new Chart.Lines(
                "Larger buffers are faster",
                "Each mark is the median of its runs.",
                "/s",
                List.of(new Chart.Series("read and write", 0, points), new Chart.Series("mmap", 3, points)));
        Chart.Spread spread = new Chart.Spread(
                "Most runs are alike",
                "A dot is a run.",
                "ms",
                List.of(new Chart.SpreadRow("read and write", 0, List.of(1.5, 1.7, 2.0, 40.0), 1.8, 1.6, 2.1)));
        Chart.Parts parts = new Chart.Parts(
                "The kernel takes most of it",
                "A bar is the sum of its parts.",
                "ms",
                List.of("user", "system"),
                List.of(new Chart.PartsRow("mmap", List.of(0.5, 2.5))));
        ChartPage.Table table = new ChartPage.Table(
                "All of it", List.of("way", "ms"), List.of(List.of("mmap", "3.0"), List.of("read", "2.0")));
        return ChartPage.render(
                "bench",
                "What was measured",
                "On one machine.",
                List.of(
                        new ChartPage.Section(
                                "Pictures", List.of("One is faster."), List.of(lines, spread, parts), List.of(table)),
                        new ChartPage.Section("A table alone", List.of(), List.of(), List.of(table))));
    }

    private static String index() throws Exception {
        Path folder = Files.createTempDirectory("brkmap-index");
        Path lab = folder.resolve("lab2.html");
        try {
            Files.writeString(lab, HtmlReport.render(ExampleRuns.lab()));
            return Files.readString(CourseIndex.write(folder));
        } finally {
            Files.deleteIfExists(lab);
            Files.deleteIfExists(folder.resolve("index.html"));
            Files.deleteIfExists(folder);
        }
    }
}
