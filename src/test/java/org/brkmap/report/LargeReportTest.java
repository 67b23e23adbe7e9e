package org.brkmap.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.brkmap.evidence.LargeRun;
import org.brkmap.evidence.RunDocument;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class LargeReportTest {
    private static final int MAPPINGS = 60_000;

    @Test
    void a_process_of_sixty_thousand_mappings_has_a_page_below_5_MB_that_says_what_was_drawn_as_one() {
        String html = HtmlReport.render(RunDocument.of(LargeRun.of(MAPPINGS)));
        assertThat(html.getBytes(StandardCharsets.UTF_8).length).isLessThan(5_000_000);
        Document page = Jsoup.parse(html);
        int drawn = page.select(".where .column-after .block").size();
        assertThat(drawn).isBetween(20, 200);
        assertThat(page.expectFirst(".where figcaption").text()).contains("60,015 mappings as " + drawn + " blocks");
        assertThat(page.select("table.changes caption, table.changes tfoot").text())
                .contains("The first 200 of 30,000 changes");
        assertThat(page.select(".film")).isEmpty();
        assertThat(page.select("p.quiet").eachText())
                .anyMatch(text -> text.startsWith("The map is not replayed call by call here: 30,000 calls"));
        assertThat(page.select("table.events caption").text()).contains("the first 400 of 30,000");
        assertThat(page.select(".where .column-after .block .name").eachText()).anyMatch(text -> text.contains(" ×"));
    }

    @Test
    void blocks_of_a_binned_picture_hold_every_mapping_once() {
        RunDocument run = RunDocument.of(LargeRun.of(5_000));
        Step step = Step.of(run.analysis()).get(0);
        MapPicture map = new MapPicture("m", step, 4096);
        assertThat(map.after().stream().mapToInt(MapRegion::rows).sum()).isEqualTo(5_015);
        assertThat(map.after().stream().mapToLong(MapRegion::bytes).sum())
                .isEqualTo(step.after().totals().virtual());
        for (int i = 1; i < map.after().size(); i++) {
            assertThat(map.after()
                            .get(i - 1)
                            .range()
                            .overlaps(map.after().get(i).range()))
                    .isFalse();
        }
    }
}
