package org.brkmap.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import org.brkmap.evidence.ExampleRuns;
import org.brkmap.evidence.LargeRun;
import org.brkmap.evidence.RunDocument;
import org.brkmap.report.HtmlReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HostileTest extends Surfer {

    static List<String> texts() {
        return List.of(
                "<script>window.pwned=1</script>",
                "</script><script>window.pwned=1</script>",
                "\"><img src=x onerror=\"window.pwned=1\">",
                "' onclick='window.pwned=1' x='",
                "\u202Egnp.exe\u2066\u200b",
                "\u001b[31mred\u001b]0;title\u0007",
                "a\nb\r\nc\u2028d",
                "NUL \u0000 and invalid \uFFFD\uD800",
                "long ".repeat(820));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void names_and_output_of_a_program_stay_text(String text) {
        Page page = open(HtmlReport.render(RunDocument.of(ExampleRuns.hostile(text))));
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)");
        page.locator(".every-mapping tbody tr").first().waitFor();
        page.locator("input[type=search]").fill(text.substring(0, Math.min(text.length(), 12)));
        page.keyboard().press("Enter");
        page.locator("[data-range]").first().dispatchEvent("click");
        assertThat(page.evaluate("window.pwned")).isNull();
        assertThat(complaints).isEmpty();
        assertThat(requests).isEmpty();
        String seen = page.locator("main").innerText();
        assertThat(seen.chars()
                        .filter(c -> c < 0x20 && c != '\n' && c != '\t' || c >= 0x202a && c <= 0x202e || c == 0x2066))
                .isEmpty();
    }

    @Test
    void the_policy_stops_what_would_slip_through() {
        String html = HtmlReport.render(RunDocument.of(ExampleRuns.heapGrows()));
        String slipped =
                "<script>window.pwned=1</script><img src=\"data:image/png;base64,AA\" onerror=\"window.pwned=2\">"
                        + "<p id=styled style=\"color: red\" onclick=\"window.pwned=3\">x</p>"
                        + "<iframe srcdoc=\"<script>parent.pwned=4</script>\"></iframe>"
                        + "<script src=\"https://example.org/x.js\"></script><link rel=stylesheet href=\"https://example.org/x.css\">";
        Page page = open(html.replace("<main>", "<main>" + slipped));
        page.locator("#styled").dispatchEvent("click");
        assertThat(page.evaluate("window.pwned")).isNull();
        assertThat(page.locator("#styled").evaluate("e => getComputedStyle(e).color"))
                .isNotEqualTo("rgb(255, 0, 0)");
        assertThat(complaints).anyMatch(text -> text.contains("Content Security Policy"));
        assertThat(complaints.stream()
                        .filter(text -> text.contains("Content Security Policy"))
                        .count())
                .as("script, image, handlers, style, frame, script and style from afar: each is refused")
                .isGreaterThanOrEqualTo(6);
        Page without = open(html.replace("<main>", "<main>" + slipped)
                .replaceFirst("<meta http-equiv=\"Content-Security-Policy\"[^>]*>", ""));
        assertThat(without.evaluate("window.pwned"))
                .as("it is the policy that stopped it")
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"2000,columns-folded-gzip", "20000,gzip"})
    void evidence_that_was_cut_or_edited_is_told_and_harms_nothing_else(int mappings, String encoding) {
        String html = HtmlReport.render(RunDocument.of(LargeRun.of(mappings)));
        String mark = "data-encoding=\"" + encoding + "\">";
        assertThat(html).contains(mark);
        int at = html.indexOf(mark) + mark.length();
        String cut = html.substring(0, at + 400) + html.substring(html.indexOf("</script>", at));
        String edited = html.substring(0, at + 400) + "AAAA!" + html.substring(at + 405);
        for (String broken : List.of(cut, edited)) {
            Page page = open(broken);
            page.locator(".every-mapping summary").click();
            page.locator(".every-mapping .warning").waitFor();
            assertThat(page.locator(".every-mapping .warning").textContent()).contains("cannot be read");
            page.locator(".where .block").first().click();
            assertThat(page.locator(".chosen").count()).isPositive();
            assertThat(complaints).isEmpty();
        }
    }
}
