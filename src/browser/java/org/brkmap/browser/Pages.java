package org.brkmap.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brkmap.evidence.ExampleRuns;
import org.brkmap.evidence.RunDocument;
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
        pages.put("the index", index());
        return pages;
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
