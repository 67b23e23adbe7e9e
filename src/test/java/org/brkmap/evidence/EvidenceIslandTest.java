package org.brkmap.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceIslandTest {

    @Test
    void a_small_document_lies_in_the_page_as_plain_json() throws Exception {
        LabDocument lab = smallLab("ends a script: </script><!--");
        Document page = pageWith(EvidenceIsland.element(lab));
        Element script = page.selectFirst("script#evidence");
        assertThat(script.hasAttr("data-encoding")).isFalse();
        assertThat(script.data()).startsWith("{").doesNotContain("<");
        assertThat(EvidenceIsland.read(page)).isEqualTo(lab);
    }

    @Test
    void a_large_document_is_packed_and_reads_back() throws Exception {
        LabDocument lab = manyRuns();
        Document page = pageWith(EvidenceIsland.element(lab));
        Element script = page.selectFirst("script#evidence");
        assertThat(script.attr("data-encoding")).isEqualTo("columns-folded-gzip");
        assertThat(script.data().length()).isLessThan(EvidenceJson.write(lab).length() / 5);
        assertThat(EvidenceIsland.read(page)).isEqualTo(lab);
    }

    @Test
    void what_is_too_large_to_be_folded_in_time_is_packed_as_it_is_and_reads_back() throws Exception {
        RunDocument run = RunDocument.of(LargeRun.of(20_000));
        Document page = pageWith(EvidenceIsland.element(run));
        assertThat(page.selectFirst("script#evidence").attr("data-encoding")).isEqualTo("gzip");
        assertThat(EvidenceIsland.read(page)).isEqualTo(run);
    }

    @Test
    void the_program_of_the_manual_reads_the_evidence_of_a_page_of_any_size(@TempDir Path folder) throws Exception {
        assumeThat(Path.of("/usr/bin/python3")).exists();
        String manual = Files.readString(Path.of("docs", "EVIDENCE.md"));
        String command =
                manual.substring(manual.indexOf("python3 -c '"), manual.indexOf("```", manual.indexOf("python3")));
        for (EvidenceDocument document :
                List.of(smallLab("é </script>"), manyRuns(), RunDocument.of(LargeRun.of(20_000)))) {
            Path report = folder.resolve("report.html");
            Files.writeString(
                    report,
                    "<!doctype html>\n" + EvidenceIsland.element(document).outerHtml());
            Process python = new ProcessBuilder("sh", "-c", "PYTHONIOENCODING=utf-8 " + command)
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String json = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(EvidenceJson.read(json)).isEqualTo(document);
        }
    }

    @Test
    void the_same_evidence_packs_to_the_same_text() {
        assertThat(EvidenceIsland.element(manyRuns()).outerHtml())
                .isEqualTo(EvidenceIsland.element(manyRuns()).outerHtml());
    }

    @Test
    void a_page_without_evidence_or_with_two_is_refused() {
        assertThatThrownBy(() -> EvidenceIsland.read(Jsoup.parse("<p>hello")))
                .isInstanceOf(EvidenceException.class)
                .hasMessageContaining("the page has 0 of them");
        String island = EvidenceIsland.element(smallLab("x")).outerHtml();
        assertThatThrownBy(() -> EvidenceIsland.read(Jsoup.parse(island + island)))
                .hasMessageContaining("the page has 2 of them");
    }

    @Test
    void a_packed_island_that_was_cut_or_changed_is_refused() {
        Element script = EvidenceIsland.element(manyRuns());
        String packed = script.data();
        for (String broken : List.of(packed.substring(0, packed.length() / 2), "AAAA" + packed, "***", "")) {
            Document page = Jsoup.parse(
                    "<script type='application/json' id='evidence' data-encoding='columns-folded-gzip'>" + broken);
            assertThatThrownBy(() -> EvidenceIsland.read(page)).isInstanceOf(EvidenceException.class);
        }
    }

    @Test
    void an_unknown_encoding_is_refused_by_name() {
        Document page = Jsoup.parse("<script type='application/json' id='evidence' data-encoding='zip'>x</script>");
        assertThatThrownBy(() -> EvidenceIsland.read(page)).hasMessageContaining("unknown encoding \"zip\"");
    }

    private static Document pageWith(Element script) {
        Document page = Document.createShell("");
        page.body().appendChild(script);
        return Jsoup.parse(page.outerHtml());
    }

    private static LabDocument smallLab(String title) {
        return new LabDocument("lab2", title, "brkmap test", List.of(), Map.of(), List.of(), Map.of());
    }

    private static LabDocument manyRuns() {
        RunDocument run = RunDocument.of(ExampleRuns.heapGrows());
        return new LabDocument("lab2", "t", "brkmap test", Collections.nCopies(12, run), Map.of(), List.of(), Map.of());
    }
}
