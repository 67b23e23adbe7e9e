package org.brkmap.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import org.brkmap.analyse.Replay;
import org.brkmap.evidence.RunDocument;
import org.brkmap.model.Mapping;
import org.brkmap.report.HtmlReport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplayTest extends Surfer {
    private RunDocument run;
    private Page page;

    @BeforeEach
    void open() throws Exception {
        run = Examples.allocation();
        page = open(HtmlReport.render(run));
    }

    @SuppressWarnings("unchecked") // what the page hands over is a list of strings
    private List<String> drawn() {
        return (List<String>) page.evaluate(
                "() => [...document.querySelectorAll('.film [data-from]:not(.off)')].map(e => e.dataset.range)");
    }

    private void slideTo(int frame) {
        page.locator(".slide").evaluate("(e, to) => { e.value = to; e.dispatchEvent(new Event('input')); }", frame);
    }

    @Test
    void the_slider_shows_the_regions_that_stood_after_each_call() {
        List<List<String>> states = new ArrayList<>();
        int pid = run.observation().snapshots().get(0).pid();
        Replay.of(run.observation())
                .play(
                        pid,
                        step -> states.add(step.mappings().stream()
                                .filter(mapping -> mapping.role().isCounted())
                                .map(Mapping::range)
                                .map(Object::toString)
                                .toList()));
        assertThat(states).hasSizeGreaterThan(15);
        for (int i = 0; i < states.size(); i++) {
            slideTo(i + 1);
            assertThat(drawn()).as("after call " + (i + 1)).containsExactlyElementsOf(states.get(i));
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void a_call_has_its_source_line_beside_the_picture() {
        assertThat(page.locator(".film-side .marked").textContent()).contains("free(");
        Locator moves = page.locator("tr[data-frame]:has(.maker a:has-text('main()')):has-text('malloc')");
        slideTo(Integer.parseInt(moves.first().getAttribute("data-frame")));
        assertThat(page.locator(".film-side .marked").textContent()).contains("malloc(SIZE)");
        assertThat(page.locator(".film .fresh").count()).as("the break moved").isEqualTo(1);
        page.locator(".film-side .maker, .film-side a.place").first().click();
        assertThat(page.url()).contains("#src");
    }

    @Test
    void the_keyboard_and_a_mark_of_the_timeline_move_the_slider_and_the_address_keeps_it() {
        page.locator(".slide").focus();
        page.keyboard().press("Home");
        assertThat(page.locator(".film-side .steps").textContent()).contains("0 of ");
        page.keyboard().press("ArrowRight");
        assertThat(page.locator(".film-side .steps").textContent()).contains("1 of ");
        page.locator("svg.timeline [data-seq='5']").click();
        String at = page.locator(".slide").inputValue();
        assertThat(page.locator("#r0-e5").getAttribute("data-frame")).isEqualTo(at);
        assertThat(page.url()).contains("call=" + at);
        page.reload();
        assertThat(page.locator(".slide").inputValue()).isEqualTo(at);
    }
}
