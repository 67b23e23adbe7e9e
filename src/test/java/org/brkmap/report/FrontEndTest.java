package org.brkmap.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The style and the script as they stand in the resources: their form, and what they must not hold. */
class FrontEndTest {
    private static final Path RESOURCES = Path.of("src/main/resources/org/brkmap/report");
    private static final int LONGEST_LINE = 160;

    private static List<Path> files(String ending) {
        return (ending.equals(".js") ? FrontEnd.SCRIPTS : FrontEnd.STYLES)
                .stream().map(RESOURCES::resolve).toList();
    }

    @Test
    void every_file_is_part_of_the_page() throws IOException {
        for (Path file : files(".js")) {
            assertThat(FrontEnd.script()).contains(withoutComments(file));
        }
        for (Path file : files(".css")) {
            assertThat(FrontEnd.style()).contains(withoutComments(file));
        }
    }

    private static String withoutComments(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("//") && !line.startsWith("/*"))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    @Test
    void lines_are_indented_by_two_and_short_and_end_cleanly() throws IOException {
        List<Path> all = new ArrayList<>(files(".js"));
        all.addAll(files(".css"));
        assertThat(all).hasSizeGreaterThan(8);
        for (Path file : all) {
            String text = Files.readString(file);
            assertThat(text)
                    .as(file.toString())
                    .endsWith("\n")
                    .doesNotEndWith("\n\n")
                    .doesNotContain("\t", "\r");
            assertThat(text.lines())
                    .as(file.toString())
                    .allSatisfy(line -> assertThat(line)
                            .hasSizeLessThanOrEqualTo(LONGEST_LINE)
                            .isEqualTo(line.stripTrailing()))
                    .allSatisfy(line -> assertThat(
                                    (line.length() - line.stripLeading().length()) % 2)
                            .as(line)
                            .isZero());
        }
    }

    @Test
    void the_script_makes_no_markup_from_text_and_asks_nothing_of_the_network() {
        assertThat(FrontEnd.script().replace("http://www.w3.org/2000/svg", "the name of SVG"))
                .startsWith("\"use strict\";")
                .doesNotContain(
                        "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function")
                .doesNotContain("fetch(", "XMLHttpRequest", "import(", "http:", "https:", "</script")
                .doesNotContainPattern("\\bvar\\b")
                .doesNotContainPattern("[^=!]==[^=]");
    }

    @Test
    void a_style_sheet_has_one_declaration_a_line_and_closes_what_it_opens() throws IOException {
        for (Path file : files(".css")) {
            int depth = 0;
            for (String line : Files.readAllLines(file)) {
                assertThat(line.chars().filter(c -> c == ';').count())
                        .as(file + ": " + line)
                        .isLessThanOrEqualTo(1);
                depth += (int) (line.chars().filter(c -> c == '{').count()
                        - line.chars().filter(c -> c == '}').count());
                assertThat(depth).as(file + ": " + line).isNotNegative();
            }
            assertThat(depth).as(file.toString()).isZero();
        }
    }

    @Test
    void every_colour_that_is_used_is_defined_and_every_one_that_is_defined_in_the_light_is_too_in_the_dark() {
        String style = FrontEnd.style();
        List<String> used = found("var\\((--[a-z-]+)", style);
        List<String> light =
                found("(?m)^(--[a-z-]+):", style.substring(0, style.indexOf("@media (prefers-color-scheme")));
        assertThat(used)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(found("(?m)(--[a-z-]+):", style)).contains(name));
        String dark = style.substring(style.indexOf("@media (prefers-color-scheme"), style.indexOf("box-sizing"));
        assertThat(found("(?m)^(--[a-z-]+):", dark)).containsExactlyInAnyOrderElementsOf(light);
    }

    private static List<String> found(String pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
