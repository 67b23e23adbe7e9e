package org.brkmap.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyFilesTest {
    @TempDir
    Path folder;

    @Test
    void three_files_tell_the_same_and_the_same_results_give_the_same_bytes() throws IOException {
        List<Path> first = CopyFiles.write(results(), folder);
        List<String> before = read(first);
        CopyFiles.write(results(), folder);
        assertThat(read(first)).isEqualTo(before);
        assertThat(first)
                .extracting(file -> file.getFileName().toString())
                .contains("copy.html", "copy.csv", "copy.json");
    }

    @Test
    void a_line_of_csv_is_one_copy_and_an_unknown_count_is_empty() {
        List<String> lines = CopyTable.csv(results()).lines().toList();
        List<String> head = Arrays.asList(lines.get(0).split(",", -1));
        assertThat(lines).hasSize(1 + 3 * 10);
        assertThat(lines).allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(head.size()));
        assertThat(lines.get(1).split(",", -1)[head.indexOf("instructions")]).isEmpty();
        assertThat(lines.get(1).split(",", -1)[head.indexOf("minor_faults")]).isEqualTo("3");
    }

    @Test
    void json_has_every_run_and_the_verdict() {
        JsonObject json = JsonParser.parseString(CopyFiles.json(results())).getAsJsonObject();
        JsonObject way = json.getAsJsonArray("cells")
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("strategies")
                .get(0)
                .getAsJsonObject();
        assertThat(json.get("schema").getAsString()).isEqualTo("brkmap/copy/1");
        assertThat(way.get("id").getAsString()).isEqualTo(CopyStrategy.LIMIT);
        assertThat(way.getAsJsonArray("runs")).hasSize(10);
        assertThat(way.get("verdict").getAsString()).isEqualTo("the limit");
    }

    @Test
    void the_page_escapes_names_and_needs_nothing_from_elsewhere() {
        Document page = Jsoup.parse(CopyPage.of(results()));
        assertThat(page.select("b, script, link, img, iframe")).isEmpty();
        assertThat(page.text()).contains("mapped <b>").contains("not <here>");
        assertThat(page.outerHtml()).doesNotContain("NaN").doesNotContain("Infinity");
        assertThat(page.select("svg[role=img]")).isNotEmpty().allSatisfy(svg -> {
            assertThat(svg.select("title").first()).isNotNull();
            assertThat(svg.select("desc").first()).isNotNull();
        });
    }

    @Test
    void results_without_a_run_still_make_a_page() {
        CopyResults nothing = CopySamples.results(Map.of());
        assertThat(Jsoup.parse(CopyPage.of(nothing)).text()).contains("Nothing was measured");
        assertThat(CopyFiles.text(nothing)).contains("not measured: io-uring");
    }

    @Test
    void what_is_no_measurement_is_not_taken_for_one() {
        assertThatIOException().isThrownBy(() -> CopyMeasure.parse("hello")).withMessageContaining("hello");
        assertThatIOException().isThrownBy(() -> CopyMeasure.parse("ns copy x"));
        assertThatIOException().isThrownBy(() -> CopyMeasure.parse("count waits 1"));
    }

    private static CopyResults results() {
        Map<String, double[]> millis = new LinkedHashMap<>();
        millis.put(CopyStrategy.TEXTBOOK, new double[] {10, 11, 9, 10, 12, 8, 10, 11, 9, 10});
        millis.put(CopyStrategy.TEXTBOOK_MAPPED, new double[] {20, 22, 18, 20, 24, 16, 20, 22, 18, 20});
        millis.put(CopyStrategy.LIMIT, new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1});
        return CopySamples.results(millis);
    }

    private static List<String> read(List<Path> files) throws IOException {
        List<String> texts = new ArrayList<>();
        for (Path file : files) {
            texts.add(Files.readString(file));
        }
        return texts;
    }
}
