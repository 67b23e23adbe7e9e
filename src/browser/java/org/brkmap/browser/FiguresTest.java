package org.brkmap.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.brkmap.evidence.EvidenceDocument;
import org.brkmap.evidence.LargeRun;
import org.brkmap.evidence.RunDocument;
import org.brkmap.report.HtmlReport;
import org.junit.jupiter.api.Test;

/** Measures what a page costs in the browser, and writes it to {@code target/browser/figures.txt}; no time is asserted. */
class FiguresTest extends Surfer {
    private static final int WARM_ROUNDS = 5;
    private static final long WARM_NANOS = 4_000_000_000L;

    @Test
    void what_a_page_costs_is_measured_and_written_down() throws Exception {
        List<String> figures = new ArrayList<>();
        figures.add(figures("a run of alloc_size", Examples.allocation()));
        figures.add(figures("a lab of 25 runs", Pages.realLab()));
        figures.add(figures("60,000 mappings", RunDocument.of(LargeRun.of(60_000))));
        Path file = Path.of("target", "browser", "figures.txt");
        Files.createDirectories(file.getParent());
        Files.write(file, figures);
        figures.forEach(System.out::println);
        assertThat(file).isNotEmptyFile();
    }

    private String figures(String name, EvidenceDocument evidence) {
        String html = "";
        long best = Long.MAX_VALUE;
        long began = System.nanoTime();
        for (int i = 0; i < WARM_ROUNDS || System.nanoTime() - began < WARM_NANOS; i++) {
            long start = System.nanoTime();
            html = HtmlReport.render(evidence);
            best = Math.min(best, System.nanoTime() - start);
        }
        int bytes = html.getBytes(StandardCharsets.UTF_8).length;
        Page page = open(html);
        page.evaluate(
                "() => new Promise(done => new PerformanceObserver(() => done(0)).observe({type: 'paint', buffered: true}))");
        Number paint = (Number) page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime");
        Number interactive = (Number) page.evaluate("performance.getEntriesByType('navigation')[0].domInteractive");
        Number selecting = (Number) page.evaluate("""
                () => {
                  const blocks = [...document.querySelectorAll('.where .block')].slice(0, 40);
                  let longest = 0;
                  for (const block of blocks) {
                    const start = performance.now();
                    block.dispatchEvent(new MouseEvent('click', {bubbles: true}));
                    document.body.getBoundingClientRect();
                    longest = Math.max(longest, performance.now() - start);
                  }
                  return longest;
                }""");
        Number scrolling = (Number) page.evaluate("""
                () => new Promise(done => {
                  let last = performance.now(), longest = 0, y = 0;
                  const end = document.documentElement.scrollHeight;
                  const frame = now => {
                    longest = Math.max(longest, now - last);
                    last = now;
                    y += 400;
                    scrollTo({top: y, behavior: 'instant'});
                    if (y < end && y < 40000) requestAnimationFrame(frame); else done(longest);
                  };
                  requestAnimationFrame(now => { last = now; requestAnimationFrame(frame); });
                })""");
        return String.format(
                java.util.Locale.ROOT,
                "%s: %d bytes, generated in %d ms warm, first paint %.0f ms, interactive %.0f ms,"
                        + " longest selection %.0f ms, longest frame while scrolling %.0f ms",
                name,
                bytes,
                best / 1_000_000,
                paint.doubleValue(),
                interactive.doubleValue(),
                selecting.doubleValue(),
                scrolling.doubleValue());
    }
}
