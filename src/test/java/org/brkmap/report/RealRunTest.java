package org.brkmap.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.brkmap.analyse.Analyser;
import org.brkmap.analyse.Analysis;
import org.brkmap.evidence.EvidenceIsland;
import org.brkmap.evidence.EvidenceJson;
import org.brkmap.evidence.RunDocument;
import org.brkmap.evidence.Schema;
import org.brkmap.model.Change;
import org.brkmap.model.ChangeKind;
import org.brkmap.observe.Launch;
import org.brkmap.observe.Observer;
import org.brkmap.toolchain.BuildRequest;
import org.brkmap.toolchain.BuiltProgram;
import org.brkmap.toolchain.CCompiler;
import org.brkmap.toolchain.NeedsGcc;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way, with a real program: built, observed, analysed, written, drawn. */
@NeedsGcc
class RealRunTest {
    private static final int STEPS = 6;

    @TempDir
    static Path builds;

    private static Analysis analysis;
    private static RunDocument run;
    private static Document page;

    @BeforeAll
    static void observe() throws Exception {
        BuiltProgram program = build();
        analysis =
                Analyser.analyse(Observer.observe(Launch.of(program.executable().toString())
                        .builtFrom(program.sources(), program.flags(), program.compiler())));
        run = RunDocument.of("alloc_size, 256 KiB × " + STEPS, analysis);
        page = Jsoup.parse(HtmlReport.render(run));
    }

    private static BuiltProgram build() throws IOException, InterruptedException {
        CCompiler compiler = CCompiler.find();
        return compiler.build(BuildRequest.of(Path.of("sample-c/alloc_size/alloc_size.c"), builds)
                .define("STEPS", STEPS)
                .define("SIZE", 256 * 1024));
    }

    @Test
    void its_evidence_satisfies_the_schema_and_reads_back_equal() throws Exception {
        String json = EvidenceJson.write(run);
        assertThat(Schema.objections(json)).isEmpty();
        assertThat(EvidenceJson.read(json)).isEqualTo(run);
        assertThat(EvidenceIsland.read(page)).isEqualTo(run);
    }

    @Test
    void the_headline_tells_what_large_blocks_do() {
        assertThat(page.expectFirst("h1").text()).startsWith("Six malloc(256 KiB) called mmap 6 times; ");
    }

    @Test
    void each_block_has_its_row_with_the_call_and_a_link_to_its_line() {
        List<Change> changes = analysis.changes();
        List<Element> rows = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            if (changes.get(i).bytes() > 256 * 1024
                    && changes.get(i).kind() != ChangeKind.RESIDENCY
                    && changes.get(i).from() > 0) {
                rows.add(page.expectFirst("tr#r0-c" + i));
            }
        }
        assertThat(rows).hasSize(STEPS).allSatisfy(row -> {
            assertThat(row.expectFirst(".cause").text())
                    .contains("malloc(256 KiB) → mmap")
                    .contains("main(), alloc_size.c:");
            Element line = page.expectFirst(row.expectFirst(".cause a").attr("href"));
            assertThat(line.text()).contains("p = malloc(SIZE);");
        });
    }

    @Test
    void the_timeline_has_each_checkpoint_between_the_calls_around_it() {
        List<Double> lines = page.select("svg.timeline line.checkpoint").stream()
                .map(line -> Double.parseDouble(line.attr("x1")))
                .toList();
        assertThat(lines).isSorted().hasSize(analysis.observation().snapshots().size());
        assertThat(lines.subList(0, lines.size() - 1))
                .as("between the last prompt and the exit nothing is called")
                .doesNotHaveDuplicates();
    }

    @Test
    void every_checkpoint_has_its_maps() {
        assertThat(page.select("pre.maps"))
                .hasSize(analysis.observation().snapshots().size());
    }
}
