package org.brkmap.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.brkmap.evidence.ExampleRuns;
import org.brkmap.evidence.LabDocument;
import org.brkmap.evidence.RunDocument;
import org.brkmap.model.Snapshot;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final RunDocument GROWS = RunDocument.of("grows", ExampleRuns.heapGrows());
    private static final RunDocument APPEARS = RunDocument.of("appears", ExampleRuns.mappingsAppear());

    private static LabDocument lab(RunDocument... runs) {
        return new LabDocument("lab2", "t", "brkmap test", List.of(runs), Map.of(), List.of(), Map.of());
    }

    @Test
    void a_run_is_the_same_as_itself_and_every_line_says_so() {
        Comparison same = new Comparison(GROWS, GROWS);
        assertThat(same.isSame()).isTrue();
        Document page = Jsoup.parse(same.page("a.html", "b.html"));
        assertThat(page.expectFirst("h1").text()).startsWith("The same");
        assertThat(page.select("table.twins tbody tr")).hasSize(1);
        assertThat(page.select("tr.marked")).isEmpty();
    }

    @Test
    void two_single_runs_are_paired_whatever_their_names_and_each_change_stands_on_its_side() {
        Comparison comparison = new Comparison(GROWS, APPEARS);
        assertThat(comparison.isSame()).isFalse();
        assertThat(comparison.pairs()).hasSize(1);
        assertThat(Comparison.lines(comparison.pairs().get(0)))
                .hasSize(2)
                .noneMatch(Comparison.Line::isSame)
                .anySatisfy(line -> assertThat(List.of(line.one().contains("+200 KiB"), line.other()))
                        .containsExactly(true, "–"))
                .anySatisfy(line -> assertThat(List.of(line.one(), line.other().contains("+780 KiB")))
                        .containsExactly("–", true));
    }

    @Test
    void the_other_is_drawn_at_the_addresses_of_the_one() {
        Document page = Jsoup.parse(new Comparison(GROWS, APPEARS).page("a.html", "b.html"));
        Snapshot one = GROWS.observation().snapshots().get(1);
        String heap = one.mappings().get(5).range().toString();
        assertThat(page.select(".column-before .block").eachAttr("data-range")).contains(heap);
        assertThat(page.select(".column-after .block").eachAttr("data-range"))
                .as("the smaller heap begins where the larger one does")
                .anyMatch(range -> range.startsWith(heap.substring(0, heap.indexOf('-') + 1)));
    }

    @Test
    void runs_of_labs_are_paired_by_name_and_those_without_a_twin_stand_alone() {
        Comparison comparison = new Comparison(lab(GROWS, APPEARS), lab(APPEARS, GROWS));
        assertThat(comparison.isSame()).isTrue();
        Comparison student = new Comparison(lab(GROWS), lab(APPEARS, GROWS));
        assertThat(student.isSame()).isFalse();
        assertThat(student.pairs())
                .containsExactly(new Comparison.Pair(GROWS, GROWS), new Comparison.Pair(null, APPEARS));
        Document page = Jsoup.parse(student.page("a.html", "b.html"));
        assertThat(page.select("section.run h2").eachText()).containsExactly("grows");
        assertThat(page.select("main > section:not(.run) > ul > li").eachText())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("B appears: ");
        assertThat(student.text("student", "solution")).contains("There is no such run.");
    }

    @Test
    void the_facts_for_programs_agree_with_the_page() {
        Map<String, ?> facts = new Comparison(GROWS, APPEARS).facts();
        assertThat(facts.get("same")).isEqualTo(false);
        assertThat((List<?>) facts.get("runs")).hasSize(1);
    }
}
