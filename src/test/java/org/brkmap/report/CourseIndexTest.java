package org.brkmap.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.brkmap.evidence.ExampleRuns;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CourseIndexTest {
    @TempDir
    Path folder;

    private Document index() throws IOException {
        return Jsoup.parse(Files.readString(CourseIndex.write(folder)));
    }

    private void report(String name) throws IOException {
        Files.writeString(folder.resolve(name), HtmlReport.render(ExampleRuns.lab()));
    }

    @Test
    void labs_stand_in_the_order_of_their_numbers_with_points_and_a_picture() throws IOException {
        report("lab10.html");
        report("lab2.html");
        Document page = index();
        assertThat(page.select("ol.course a").eachAttr("href")).containsExactly("lab2.html", "lab10.html");
        assertThat(page.select("ol.course li").first().text())
                .contains("Allocation: brk or mmap", "5 of 20 points", "moved the program break once");
        assertThat(page.select("svg.thumbnail").first().select(".hue-heap")).isNotEmpty();
        assertThat(page.expectFirst(".lead").text()).isEqualTo("2 labs, 10 points of 40.");
    }

    @Test
    void without_reports_it_says_so() throws IOException {
        assertThat(index().expectFirst(".lead").text()).isEqualTo("None yet.");
    }

    @Test
    void what_is_no_report_of_a_lab_is_left_out() throws IOException {
        report("lab2.html");
        report("other.html");
        Files.writeString(folder.resolve("lab3.html"), "<!doctype html><title>mine</title><p>not a report");
        Files.write(folder.resolve("lab4.html"), new byte[] {0, (byte) 0xff, 0x3c, 0});
        Files.writeString(folder.resolve("lab5.html"), "");
        assertThat(index().select("ol.course a").eachAttr("href")).containsExactly("lab2.html");
    }

    @Test
    void a_report_that_was_cut_or_edited_harms_nothing() throws IOException {
        String html = HtmlReport.render(ExampleRuns.lab());
        Files.writeString(folder.resolve("lab1.html"), html.substring(0, 3000), StandardCharsets.UTF_8);
        Files.writeString(
                folder.resolve("lab2.html"),
                html.replaceFirst(
                                "name=\"brkmap:title\" content=\"[^\"]*\"",
                                "name=\"brkmap:title\" content=\"&lt;script&gt;pwned()&lt;/script&gt;\"")
                        .replaceFirst(
                                "name=\"brkmap:earned\" content=\"\\d+\"",
                                "name=\"brkmap:earned\" content=\"99999999999\"")
                        .replaceFirst(
                                "name=\"brkmap:map\" content=\"[^\"]*\"",
                                "name=\"brkmap:map\" content=\"heap,9,1,1 x&quot;,0,1,1\""));
        Document page = index();
        assertThat(page.select("script")).isEmpty();
        assertThat(page.select("ol.course li").last().text()).contains("<script>pwned()</script>", "0 of 20 points");
        assertThat(page.select("svg.thumbnail").last().select(".thumb")).isEmpty();
    }
}
