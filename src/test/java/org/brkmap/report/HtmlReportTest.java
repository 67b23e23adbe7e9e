package org.brkmap.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.brkmap.analyse.Analysis;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.EvidenceIsland;
import org.brkmap.evidence.ExampleRuns;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.evidence.ExerciseResult;
import org.brkmap.evidence.LabDocument;
import org.brkmap.evidence.RunDocument;
import org.brkmap.model.Change;
import org.brkmap.model.Ending;
import org.brkmap.model.Observation;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlReportTest {

    @Test
    void the_headline_states_the_finding() {
        Document page = page(ExampleRuns.heapGrows());
        assertThat(page.expectFirst("h1").text())
                .isEqualTo("Ten malloc(32 KiB) moved the program break once; no mapping was added.");
        assertThat(page.expectFirst("header .lead").text())
                .isEqualTo("Address space +200 KiB, resident +40 KiB, private dirty +40 KiB."
                        + " From #0 “Press key to allocate ...” → #1 “Press key to close ...”.");
    }

    @Test
    void the_head_names_the_call_and_the_line_behind_each_change() {
        Document page = page(ExampleRuns.heapGrows());
        Element deed = page.expectFirst("header .deeds li");
        assertThat(deed.text()).isEqualTo("▲heap grew +200 KiB: malloc(32 KiB) → brk in allocate(), alloc_size.c:9");
        assertThat(page.select(deed.expectFirst("a.place").attr("href")).hasClass("marked"))
                .isTrue();
    }

    @Test
    void a_crash_is_told_beside_the_finding() {
        Document page = page(ExampleRuns.mappingsAppear());
        assertThat(page.expectFirst("h1").text()).endsWith("called mmap 3 times; one mapping of 780 KiB was added.");
        assertThat(page.select(".warning").eachText())
                .contains("The program did not end well: ended by SIGSEGV (reading address 0x0) at alloc_size.c:9.");
    }

    @Test
    void each_change_has_its_row_with_size_difference_cause_and_place() {
        Element row = page(ExampleRuns.heapGrows()).expectFirst("table.changes tr#r0-c0");
        assertThat(row.select("td").eachText())
                .containsExactly(
                        "▲ grew",
                        "heap heap+0x21000 55c0e4a4d000-55c0e4a7f000",
                        "132 KiB → 332 KiB",
                        "+200 KiB resident 44 KiB",
                        "malloc(32 KiB) → brk in allocate(), alloc_size.c:9");
    }

    @Test
    void a_change_and_its_source_line_link_to_each_other() {
        Document page = page(ExampleRuns.heapGrows());
        Element toSource = page.expectFirst("tr#r0-c0 .cause a");
        Element line = page.expectFirst(toSource.attr("href"));
        assertThat(line.hasClass("marked")).isTrue();
        assertThat(line.textNodes().get(0).getWholeText()).isEqualTo("\t\tblocks[i] = malloc(SIZE);");
        assertThat(line.expectFirst("a").attr("href")).isEqualTo("#r0-c0");
    }

    /** The run, with its first change that many times: more than the tables tell. */
    private static RunDocument repeated(Analysis analysis, int times) {
        Change change = analysis.changes().get(0);
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            changes.add(new Change(
                    change.from(),
                    change.to(),
                    change.kind(),
                    change.role(),
                    change.range(),
                    change.at(),
                    change.bytes(),
                    change.before(),
                    change.after(),
                    change.cause(),
                    change.causedBy()));
        }
        return RunDocument.of(new Analysis(analysis.observation(), changes));
    }

    @Test
    void a_solved_prediction_shows_what_was_said_beside_what_was_measured() {
        ExerciseResult exercise = new ExerciseResult(
                ExerciseKind.PREDICT,
                false,
                "How many bytes?",
                List.of("4096", "8192"),
                2,
                List.of(),
                2,
                "Whole pages.",
                null);
        CheckResult check = new CheckResult(
                "length", "How long", 8, 4, CheckStatus.PASSED, null, "8192", null, null, null, null, exercise);
        LabDocument lab = new LabDocument(
                "lab2",
                "t",
                "test",
                List.of(RunDocument.of(ExampleRuns.heapGrows())),
                Map.of(),
                List.of(check),
                Map.of());
        Element item = Jsoup.parse(HtmlReport.render(lab)).expectFirst("#check-length");
        assertThat(item.select("dt").eachText()).containsExactly("Asked", "You said", "Measured", "Why");
        assertThat(item.select("dd").eachText())
                .containsExactly("How many bytes?", "4096, 8192", "8192", "Whole pages.");
    }

    @Test
    void a_source_line_links_to_the_run_where_the_change_itself_is_left_out() {
        LabDocument lab = new LabDocument(
                "lab2",
                "t",
                "test",
                List.of(RunDocument.of(ExampleRuns.heapGrows()), repeated(ExampleRuns.mappingsAppear(), 4)),
                Map.of(),
                List.of(),
                Map.of());
        Document page = Jsoup.parse(HtmlReport.render(lab));
        assertThat(page.select("tr#run1 .brief li").eachText())
                .hasSize(3)
                .last()
                .isEqualTo("and 2 more changes");
        assertThat(page.select(".source .notes a").eachAttr("href"))
                .containsExactly("#r0-c0", "#r1-c0", "#r1-c1", "#run1", "#run1");
    }

    @Test
    void a_run_whose_log_lacks_arguments_says_why_it_is_not_replayed() {
        Document page = page(ExampleRuns.hostile("x"));
        assertThat(page.select(".film")).isEmpty();
        assertThat(page.select("p.quiet").eachText())
                .contains("The map is not replayed call by call here: of 1 call the log lacks arguments,"
                        + " so what stood after is not known.");
        assertThat(page(ExampleRuns.heapGrows()).select(".film")).hasSize(1);
    }

    @Test
    void every_link_within_the_page_leads_somewhere_and_ids_are_unique() {
        LabDocument many = new LabDocument(
                "lab2",
                "t",
                "test",
                List.of(repeated(ExampleRuns.mappingsAppear(), 300), repeated(ExampleRuns.mappingsAppear(), 4)),
                Map.of(),
                List.of(),
                Map.of());
        for (Document page : List.of(
                page(ExampleRuns.heapGrows()),
                Jsoup.parse(HtmlReport.render(ExampleRuns.lab())),
                Jsoup.parse(HtmlReport.render(many)))) {
            assertThat(page.select("a[href]")).isNotEmpty().allSatisfy(link -> {
                assertThat(link.attr("href")).startsWith("#");
                assertThat(page.getElementById(link.attr("href").substring(1)))
                        .as(link.outerHtml())
                        .isNotNull();
            });
            assertThat(page.select("[id]").eachAttr("id")).doesNotHaveDuplicates();
        }
    }

    @Test
    void the_bars_show_before_and_after_with_numbers_on_one_scale() {
        Document page = page(ExampleRuns.heapGrows());
        assertThat(page.select("table.bars tbody tr th").eachText())
                .containsExactly(
                        "Virtual mapped address space",
                        "Resident of it, in memory",
                        "Private dirty of that, written by this process alone");
        Element virtual = page.expectFirst("table.bars tbody tr");
        double before =
                Double.parseDouble(virtual.expectFirst("rect.bar-before").attr("width"));
        double after = Double.parseDouble(virtual.expectFirst("rect.bar-after").attr("width"));
        assertThat(after).isEqualTo(300);
        assertThat(before / after).isBetween(0.85, 0.95);
    }

    @Test
    void an_unknown_number_is_not_a_zero() {
        Document page = page(ExampleRuns.hostile("x"));
        Element resident = page.select("table.bars tbody tr").get(1);
        assertThat(resident.select("td.num").eachText()).containsExactly("0 B", "n/a", "n/a");
        assertThat(resident.select("rect.bar-after")).isEmpty();
    }

    @Test
    void the_picture_has_the_same_blocks_level_on_both_sides_and_compresses_gaps() {
        Document page = page(ExampleRuns.heapGrows());
        Element svg = page.expectFirst("svg.map");
        assertThat(svg.attr("role")).isEqualTo("img");
        for (String id : svg.attr("aria-labelledby").split(" ", -1)) {
            assertThat(page.getElementById(id)).isNotNull();
        }
        assertThat(svg.expectFirst("desc").text())
                .contains("Ten malloc(32 KiB)")
                .contains("High addresses are on top");
        assertThat(svg.select(".gap-size").eachText())
                .contains("≈ 41.47 TiB unmapped")
                .noneMatch(text -> text.contains("EiB"));
        assertThat(svg.select("g.block title").eachText()).noneMatch(text -> text.startsWith("vsyscall"));
        List<Element> stacks = svg.select("g.block:has(title:containsOwn(stack)) rect.tint");
        assertThat(stacks).hasSize(2);
        assertThat(stacks.get(0).attr("y")).isEqualTo(stacks.get(1).attr("y"));
        List<Element> heaps = svg.select("g.block:has(title:containsOwn(heap)) rect.tint");
        assertThat(height(heaps.get(1))).as("the heap grew").isGreaterThan(height(heaps.get(0)));
        assertThat(svg.select("rect.added")).hasSize(1);
        assertThat(svg.select("path.connector"))
                .as("only what changed is connected")
                .hasSize(1);
    }

    @Test
    void checks_say_status_in_words_with_what_was_expected_and_seen() {
        Document page = Jsoup.parse(HtmlReport.render(ExampleRuns.lab()));
        assertThat(page.expectFirst("h1").text())
                .isEqualTo("Ten malloc(32 KiB) moved the program break once; no mapping was added.");
        assertThat(page.expectFirst("header .score").text())
                .isEqualTo("5 of 20 points · 1 of 4 checks passed; 1 failed, 1 skipped, 1 not checked.");
        assertThat(page.expectFirst("header .next").text())
                .isEqualTo("Next: Each large block is one mmap. Count the steps.");
        assertThat(page.expectFirst(page.expectFirst("header .next a").attr("href"))
                        .text())
                .contains("Each large block is one mmap");
        assertThat(page.select(".check .badge").eachText())
                .containsExactly("✓ passed", "✗ failed", "○ skipped", "? not checked");
        assertThat(page.select(".check.failed dd").eachText())
                .containsExactly("4 calls of mmap", "3 calls of mmap", "Count the steps.");
        assertThat(page.expectFirst("section.run#run1 h2").text()).contains("called mmap 3 times");
    }

    @Test
    void the_page_is_whole_in_itself_and_its_policy_names_its_own_parts() throws Exception {
        Document page = Jsoup.parse(HtmlReport.render(ExampleRuns.lab()));
        assertThat(page.select("[src], link, iframe, object, embed, img, form, [style]"))
                .isEmpty();
        String policy =
                page.expectFirst("meta[http-equiv=Content-Security-Policy]").attr("content");
        assertThat(policy)
                .startsWith("default-src 'none'")
                .contains(
                        "style-src 'sha256-" + sha256(page.expectFirst("style").data()) + "'")
                .contains("script-src 'sha256-"
                        + sha256(page.expectFirst("script:not([type])").data()) + "'");
        assertThat(page.expectFirst("style").data()).doesNotContain("url(", "@import", "http");
        assertThat(page.select("[^on]")).isEmpty();
    }

    @Test
    void it_carries_its_evidence() throws Exception {
        RunDocument run = RunDocument.of(ExampleRuns.heapGrows());
        assertThat(EvidenceIsland.read(Jsoup.parse(HtmlReport.render(run)))).isEqualTo(run);
    }

    @Test
    void the_same_evidence_gives_the_same_bytes_in_any_locale() {
        Locale before = Locale.getDefault();
        String expected = HtmlReport.render(ExampleRuns.lab());
        try {
            for (String tag : List.of("de-DE", "tr-TR", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                assertThat(HtmlReport.render(ExampleRuns.lab())).isEqualTo(expected);
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"' onload=alert(1) x=\"",
                "</title></style></script><img src=x onerror=alert(1)>",
                "<!--<script>",
                "]]><svg onload=alert(1)>",
                "line\nbreak\\012 and\ttab",
                "\u202Egnp.exe\u2066",
                "\u001b[31mred\u001b]0;title\u0007",
                "zero\u0000byte",
                "&lt;b&gt;&#x3c;"
            })
    void hostile_text_is_text_wherever_it_stands(String text) {
        String html = HtmlReport.render(RunDocument.of(ExampleRuns.hostile(text)));
        Document page = Jsoup.parse(html);
        Document harmless = Jsoup.parse(HtmlReport.render(RunDocument.of(ExampleRuns.hostile("harmless"))));
        assertThat(tags(page)).as("the markup does not depend on the text").isEqualTo(tags(harmless));
        assertThat(page.select("script")).hasSize(2);
        assertThat(page.select("[^on]")).isEmpty();
        page.select("#evidence").remove();
        assertThat(page.outerHtml().chars().filter(c -> c < 0x20 && c != '\n' && c != '\t'))
                .as("control characters")
                .isEmpty();
        assertThat(page.outerHtml()).doesNotContain("\u202e", "\u2066", "\u001b");
    }

    @Test
    void control_characters_are_shown() {
        Document page = page(ExampleRuns.hostile("a\u001b[31m\u0000\u202Eb"));
        assertThat(page.expectFirst(".changes .region code").text()).isEqualTo("a⟨ESC⟩[31m⟨NUL⟩⟨U+202E⟩b");
    }

    @Test
    void a_text_without_end_is_cut_and_its_length_told() {
        String html = HtmlReport.render(RunDocument.of(ExampleRuns.hostile("n".repeat(4096))));
        Document page = Jsoup.parse(html);
        page.select("#evidence").remove();
        assertThat(page.text()).contains("… (4,096 characters)");
        assertThat(page.outerHtml().length()).isLessThan(80_000);
    }

    @Test
    void a_run_without_a_snapshot_still_has_a_page() {
        Observation seen = ExampleRuns.heapGrows().observation();
        Ending ending = new Ending(null, null, "time limit of 20 s", "it waited for a lock", null);
        Analysis nothing = new Analysis(
                new Observation(
                        seen.program(), seen.host(), List.of(), List.of(), List.of(), List.of(), 0, ending, List.of()),
                List.of());
        assertThat(page(nothing).expectFirst("h1").text())
                .isEqualTo(
                        "The program did not end well: ended by the harness: time limit of 20 s (it waited for a lock).");
    }

    @Test
    void a_lab_of_thirty_runs_stays_below_300_KB() {
        List<RunDocument> runs = new ArrayList<>(Collections.nCopies(30, RunDocument.of(ExampleRuns.heapGrows())));
        LabDocument lab = new LabDocument("lab2", "t", "test", runs, Map.of(), List.of(), Map.of());
        assertThat(HtmlReport.render(lab).getBytes(StandardCharsets.UTF_8).length)
                .isLessThan(300_000);
    }

    private static List<String> tags(Document page) {
        List<String> tags = new ArrayList<>();
        page.body().getAllElements().stream()
                .filter(element -> element.closest(".source") == null)
                .forEach(element -> tags.add(element.tagName()
                        + element.attributes().asList().stream()
                                .map(attribute -> attribute.getKey())
                                .toList()));
        return tags;
    }

    private static double height(Element rect) {
        return Double.parseDouble(rect.attr("height"));
    }

    private static String sha256(String text) throws Exception {
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Document page(Analysis analysis) {
        return Jsoup.parse(HtmlReport.render(RunDocument.of(analysis)));
    }
}
