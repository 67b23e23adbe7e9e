package org.brkmap.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import org.brkmap.evidence.ExampleRuns;
import org.brkmap.evidence.RunDocument;
import org.brkmap.report.HtmlReport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SelectionTest extends Surfer {
    private static final String HEAP_BEFORE = "55c0e4a2c000-55c0e4a4d000";
    private static final String HEAP_AFTER = "55c0e4a2c000-55c0e4a7f000";
    private static final String GROWN = "55c0e4a4d000-55c0e4a7f000";

    private Page page;

    @BeforeEach
    void open() {
        page = open(HtmlReport.render(RunDocument.of(ExampleRuns.heapGrows())));
    }

    private Locator block(String column, String range) {
        return page.locator(".where ." + column + " .block[data-range='" + range + "']");
    }

    private List<String> chosen(String where) {
        return page.locator(where + " .chosen").all().stream()
                .map(element -> element.getAttribute("data-range"))
                .toList();
    }

    @Test
    void a_region_chosen_in_the_map_is_chosen_everywhere_and_in_the_address() {
        block("column-after", HEAP_AFTER).click();
        assertThat(chosen(".where .column-before")).containsExactly(HEAP_BEFORE);
        assertThat(chosen(".changes")).containsExactly(GROWN);
        assertThat(chosen(".zoom")).containsExactly(HEAP_BEFORE, HEAP_AFTER);
        assertThat(chosen(".page-strips")).containsExactly(HEAP_AFTER);
        assertThat(chosen("svg.timeline")).contains(GROWN);
        assertThat(page.url()).endsWith("#at=" + HEAP_AFTER);
        assertThat(page.locator(".tools output").textContent())
                .contains("heap")
                .contains("339,968 bytes")
                .contains(HEAP_AFTER);
        block("column-after", HEAP_AFTER).click();
        assertThat(page.locator(".chosen").count()).as("a second click lets go").isZero();
        assertThat(page.url()).doesNotContain("#");
    }

    @Test
    void a_row_of_the_table_chooses_what_changed() {
        page.locator("tr#r0-c0 .kind").click();
        assertThat(chosen(".where .column-after")).containsExactly(HEAP_AFTER);
        assertThat(page.locator(".tools output").textContent())
                .contains("204,800 bytes")
                .contains("in: heap");
    }

    @Test
    void the_address_brings_the_choice_back() {
        block("column-before", HEAP_BEFORE).click();
        page.reload();
        assertThat(chosen(".where .column-before")).containsExactly(HEAP_BEFORE);
        page.keyboard().press("Escape");
        assertThat(page.locator(".chosen").count()).isZero();
    }

    @Test
    void the_arrow_keys_go_from_region_to_region() {
        page.locator(".where figure.map .scroll").focus();
        page.keyboard().press("ArrowDown");
        String highest = page.locator(".tools output").textContent();
        page.keyboard().press("ArrowDown");
        assertThat(highest).startsWith("vdso");
        assertThat(page.locator(".tools output").textContent()).startsWith("vvar");
        page.keyboard().press("ArrowUp");
        assertThat(page.locator(".tools output").textContent()).isEqualTo(highest);
    }

    @Test
    void a_search_finds_the_region_that_holds_an_address() {
        page.keyboard().press("/");
        page.keyboard().type("0x55c0e4a60123");
        page.keyboard().press("Enter");
        assertThat(chosen(".where .column-after")).containsExactly(HEAP_AFTER);
    }

    @Test
    void a_search_goes_from_name_to_name_and_says_when_there_is_none() {
        page.keyboard().press("/");
        page.keyboard().type("program");
        page.keyboard().press("Enter");
        String first = page.locator(".tools output").textContent();
        page.keyboard().press("Enter");
        assertThat(first).startsWith("1 of ");
        assertThat(page.locator(".tools output").textContent()).startsWith("2 of ");
        page.locator("input[type=search]").fill("no such thing");
        page.keyboard().press("Enter");
        assertThat(page.locator(".tools output").textContent()).contains("no such thing");
        assertThat(page.locator(".chosen").count()).isZero();
    }

    @Test
    void the_key_b_shows_before_and_after_in_one_place() {
        double left = block("column-before", HEAP_BEFORE).boundingBox().x;
        page.keyboard().press("b");
        assertThat(block("column-before", HEAP_BEFORE).isVisible()).isTrue();
        assertThat(block("column-after", HEAP_AFTER).isVisible()).isFalse();
        page.keyboard().press("b");
        assertThat(block("column-before", HEAP_BEFORE).isVisible()).isFalse();
        assertThat(block("column-after", HEAP_AFTER).boundingBox().x)
                .isCloseTo(left, org.assertj.core.data.Offset.offset(2.0));
        page.getByText("Side by side").click();
        assertThat(block("column-before", HEAP_BEFORE).isVisible()).isTrue();
        assertThat(block("column-after", HEAP_AFTER).isVisible()).isTrue();
    }

    @Test
    void what_is_in_both_can_be_dimmed_and_a_kind_of_region_left_out() {
        assertThat(page.locator(".sides li").allTextContents())
                .containsExactly(
                        "only before 0 ranges, 0 B", "both 15 ranges, 2.17 MiB", "only after 1 range, 200 KiB");
        page.locator(".sides button").nth(1).click();
        assertThat(opacity("column-after", HEAP_AFTER)).isLessThan(0.2);
        page.locator(".sides button").nth(1).click();
        assertThat(opacity("column-after", HEAP_AFTER)).isEqualTo(1);
        page.locator(".roles tr[data-hue=hue-heap] button").click();
        assertThat(page.locator("tr#r0-c0").isVisible()).isFalse();
        assertThat(opacity("column-after", HEAP_AFTER)).isLessThan(0.2);
        page.locator(".roles tr[data-hue=hue-heap] button").click();
        assertThat(page.locator("tr#r0-c0").isVisible()).isTrue();
        assertThat(complaints).isEmpty();
    }

    private double opacity(String column, String range) {
        return ((Number) block(column, range).evaluate("e => Number(getComputedStyle(e).opacity)")).doubleValue();
    }
}
