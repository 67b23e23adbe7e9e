package org.brkmap.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.brkmap.evidence.ExampleRuns;
import org.brkmap.evidence.RunDocument;
import org.brkmap.report.HtmlReport;
import org.junit.jupiter.api.Test;

class GeometryTest extends Surfer {
    /** The first picture of a page; pictures of single steps are folded away beneath it. */
    private static final String MAP = "svg[aria-labelledby^='run0-map0-']";

    private static final Offset<Double> PIXEL = Offset.offset(1.5);

    @SuppressWarnings("unchecked") // what the page hands over is a list of objects
    private static List<Map<String, Object>> boxes(Page page, String selector) {
        return (List<Map<String, Object>>) page.evaluate("""
                selector => [...document.querySelectorAll(selector)].map(e => {
                  const box = (e.querySelector('.tint') || e).getBoundingClientRect();
                  const [start, end] = e.dataset.range.split('-').map(text => parseInt(text, 16));
                  return {range: e.dataset.range, bytes: end - start, top: box.top, bottom: box.bottom,
                          left: box.left, right: box.right};
                })""", selector);
    }

    private static double number(Map<String, Object> box, String name) {
        return ((Number) box.get(name)).doubleValue();
    }

    @Test
    void the_height_of_a_region_follows_its_size() throws Exception {
        Page page = open(HtmlReport.render(Examples.allocation()));
        List<Map<String, Object>> boxes = boxes(page, MAP + " .column-after .block");
        assertThat(boxes).hasSizeGreaterThan(8);
        for (Map<String, Object> one : boxes) {
            for (Map<String, Object> other : boxes) {
                if (number(one, "bytes") > 1.5 * number(other, "bytes")) {
                    assertThat(height(one)).as(one + " against " + other).isGreaterThan(height(other));
                }
            }
        }
    }

    private static double height(Map<String, Object> box) {
        return number(box, "bottom") - number(box, "top");
    }

    @Test
    void equal_ranges_are_level_and_higher_addresses_are_higher() throws Exception {
        Page page = open(HtmlReport.render(Examples.allocation()));
        List<Map<String, Object>> before = boxes(page, MAP + " .column-before .block");
        List<Map<String, Object>> after = boxes(page, MAP + " .column-after .block");
        int level = 0;
        for (Map<String, Object> one : before) {
            for (Map<String, Object> other : after) {
                if (one.get("range").equals(other.get("range"))) {
                    assertThat(number(one, "top")).isEqualTo(number(other, "top"), PIXEL);
                    assertThat(number(one, "bottom")).isEqualTo(number(other, "bottom"), PIXEL);
                    level++;
                }
            }
        }
        assertThat(level).isGreaterThan(8);
        for (int i = 1; i < after.size(); i++) {
            assertThat(number(after.get(i), "bottom")).isLessThanOrEqualTo(number(after.get(i - 1), "top") + 1.5);
        }
    }

    @Test
    void a_connector_begins_and_ends_at_the_edges_of_the_region_that_changed() {
        Page page = open(HtmlReport.render(RunDocument.of(ExampleRuns.heapGrows())));
        Map<String, Object> connector = boxes(page, MAP + " .connector").get(0);
        Map<String, Object> before = box(page, MAP + " .column-before .hue-heap");
        Map<String, Object> after = box(page, MAP + " .column-after .hue-heap");
        assertThat(number(connector, "left")).isEqualTo(number(before, "right"), PIXEL);
        assertThat(number(connector, "right")).isEqualTo(number(after, "left"), PIXEL);
        assertThat(number(connector, "top")).isEqualTo(number(after, "top"), PIXEL);
        assertThat(number(connector, "bottom")).isEqualTo(number(before, "bottom"), PIXEL);
        assertThat(number(before, "bottom")).isEqualTo(number(after, "bottom"), PIXEL);
    }

    private static Map<String, Object> box(Page page, String selector) {
        return boxes(page, selector).get(0);
    }

    @Test
    void a_zoom_strip_is_linear() {
        Page page = open(HtmlReport.render(RunDocument.of(ExampleRuns.heapGrows())));
        List<Map<String, Object>> heap = boxes(page, ".zoom .hue-heap");
        assertThat(heap).hasSize(2);
        double perByteBefore = width(heap.get(0)) / number(heap.get(0), "bytes");
        double perByteAfter = width(heap.get(1)) / number(heap.get(1), "bytes");
        assertThat(perByteBefore / perByteAfter).isEqualTo(1, Offset.offset(0.02));
    }

    private static double width(Map<String, Object> box) {
        return number(box, "right") - number(box, "left");
    }
}
