package org.brkmap.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.brkmap.evidence.ExampleRuns;
import org.brkmap.evidence.RunDocument;
import org.brkmap.report.HtmlReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppearanceTest extends Surfer {

    private static NewContextOptions window(int width) {
        return new NewContextOptions().setViewportSize(width, 900);
    }

    private static void unfold(Page page) {
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)");
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void axe_finds_nothing_on_any_kind_of_page(ColorScheme scheme) throws Exception {
        Map<String, String> pages = Pages.all();
        pages.putAll(Pages.ofFigures());
        for (Map.Entry<String, String> kind : pages.entrySet()) {
            Page page = open(kind.getValue(), window(1200).setColorScheme(scheme));
            unfold(page);
            assertThat(violations(page)).as(kind.getKey()).isEmpty();
            assertThat(complaints).as(kind.getKey()).isEmpty();
            assertThat(requests).as(kind.getKey()).isEmpty();
        }
    }

    @Test
    void no_page_is_wider_than_a_phone_of_320_pixels() throws Exception {
        for (Map.Entry<String, String> kind : Pages.all().entrySet()) {
            Page page = open(kind.getValue(), window(320));
            unfold(page);
            assertThat(page.evaluate("document.documentElement.scrollWidth"))
                    .as(kind.getKey())
                    .isEqualTo(320);
            assertThat(violations(page)).as(kind.getKey()).isEmpty();
        }
    }

    @Test
    void dark_is_dark_and_light_is_light() {
        String html = HtmlReport.render(RunDocument.of(ExampleRuns.heapGrows()));
        assertThat(brightness(open(html, window(800).setColorScheme(ColorScheme.DARK))))
                .isLessThan(60);
        assertThat(brightness(open(html, window(800).setColorScheme(ColorScheme.LIGHT))))
                .isGreaterThan(200);
    }

    private static int brightness(Page page) {
        String colour = (String) page.evaluate("getComputedStyle(document.body).backgroundColor");
        return Integer.parseInt(colour.replaceAll("\\D+(\\d+).*", "$1"));
    }

    @Test
    void without_a_script_everything_is_there_and_no_switch_that_does_nothing() {
        String html = HtmlReport.render(RunDocument.of(ExampleRuns.heapGrows()));
        Page page = open(html, window(1200).setJavaScriptEnabled(false));
        assertThat(page.locator("button, input, select").count()).isZero();
        for (String part : new String[] {
            "h1",
            "table.bars",
            "figure.map",
            "table.roles",
            ".sides",
            "figure.zoom",
            "table.changes",
            "svg.timeline",
            ".film",
            "figure.page-strips",
            ".source",
            ".raw"
        }) {
            assertThat(page.locator(part).first().isVisible()).as(part).isTrue();
        }
        page.locator("summary", new Page.LocatorOptions().setHasText("system calls"))
                .first()
                .click();
        assertThat(page.locator("table.events").first().isVisible()).isTrue();
    }

    @Test
    void who_wants_no_motion_gets_none() {
        String html = HtmlReport.render(RunDocument.of(ExampleRuns.heapGrows()));
        Page page = open(html, window(800).setReducedMotion(ReducedMotion.REDUCE));
        assertThat(page.evaluate("getComputedStyle(document.documentElement).scrollBehavior"))
                .isEqualTo("auto");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A4", "Letter"})
    void it_prints_with_every_part_unfolded_and_no_switches(String paper) {
        Page page = open(HtmlReport.render(ExampleRuns.lab()));
        byte[] pdf = page.pdf(new Page.PdfOptions().setFormat(paper));
        assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
        assertThat(page.locator("details:not([open])").count())
                .as("folded again after printing")
                .isPositive();
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(com.microsoft.playwright.options.Media.PRINT));
        page.evaluate("dispatchEvent(new Event('beforeprint'))");
        assertThat(page.locator("details:not([open])").count()).isZero();
        assertThat(page.locator(".tools").isVisible()).isFalse();
        assertThat(page.locator("thead").first().evaluate("e => getComputedStyle(e).display"))
                .isEqualTo("table-header-group");
        assertThat(page.locator("figure").first().evaluate("e => getComputedStyle(e).breakInside"))
                .isEqualTo("avoid");
        page.evaluate("dispatchEvent(new Event('afterprint'))");
        assertThat(page.locator("details:not([open])").count()).isPositive();
    }

    @Test
    @SuppressWarnings("unchecked") // what the page hands over is a list of numbers
    void the_keyboard_alone_reaches_every_control_in_the_order_of_reading_and_shows_where_it_is() {
        Page page = open(HtmlReport.render(ExampleRuns.lab()));
        int controls = (int) page.evaluate("""
                () => {
                  const all = [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")];
                  window.controls = all.filter(e => e.checkVisibility());
                  return window.controls.length;
                }""");
        assertThat(controls).isGreaterThan(30);
        List<Integer> reached = new ArrayList<>();
        for (int i = 0; i < controls; i++) {
            page.keyboard().press("Tab");
            List<Object> at = (List<Object>) page.evaluate("""
                    () => [window.controls.indexOf(document.activeElement),
                           getComputedStyle(document.activeElement).outlineStyle]""");
            reached.add((Integer) at.get(0));
            assertThat(at.get(1)).as("outline of control " + at.get(0)).isNotEqualTo("none");
        }
        assertThat(reached).isEqualTo(IntStream.range(0, controls).boxed().toList());
    }

    @Test
    void the_order_of_reading_is_finding_sums_map_changes_calls_pages_source_evidence() {
        Page page = open(HtmlReport.render(RunDocument.of(ExampleRuns.heapGrows())));
        assertThat(page.locator("h2").allTextContents())
                .containsExactly(
                        "How much memory",
                        "Where it lies",
                        "What changed, and which call did it",
                        "When: call by call",
                        "Which pages are in memory",
                        "The program",
                        "Raw evidence");
        int lines = page.locator("header a").count();
        assertThat(lines).as("lines that the finding leads to").isPositive();
        for (int i = 0; i < lines; i++) {
            page.keyboard().press("Tab");
            assertThat(page.evaluate("document.activeElement.closest('header a') !== null"))
                    .isEqualTo(true);
        }
        page.keyboard().press("Tab");
        assertThat(page.evaluate("document.activeElement.type")).isEqualTo("search");
    }
}
