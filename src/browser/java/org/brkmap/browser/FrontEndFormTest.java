package org.brkmap.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.brkmap.evidence.ExampleRuns;
import org.brkmap.evidence.RunDocument;
import org.brkmap.report.HtmlReport;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The style sheets and scripts as they stand in the resources: formatted by Prettier, checked by JSHint and CSSTree. */
class FrontEndFormTest extends Surfer {
    private static final Path RESOURCES = Path.of("src/main/resources/org/brkmap");
    /** Where a file that is not formatted lies as it should be, to be copied over. */
    private static final Path FORMATTED = Path.of("target/browser/formatted");

    private static final String JSHINT_OPTIONS =
            "{esversion: 11, undef: true, unused: true, browser: true, eqeqeq: true, freeze: true, strict: 'global'}";

    private Page tools;

    @BeforeEach
    void openTools() throws IOException {
        tools = open("<!doctype html><title>tools</title>");
    }

    private void load(String tool, String... files) throws IOException {
        for (String file : files) {
            tools.addScriptTag(new Page.AddScriptTagOptions().setContent(webJar(tool, file)));
        }
    }

    private static String webJar(String tool, String file) throws IOException {
        Properties maven = new Properties();
        try (InputStream in = resource("/META-INF/maven/org.webjars.npm/" + tool + "/pom.properties")) {
            maven.load(in);
        }
        String path = "/META-INF/resources/webjars/" + tool + "/" + maven.getProperty("version") + "/" + file;
        try (InputStream in = resource(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream resource(String path) {
        return Objects.requireNonNull(FrontEndFormTest.class.getResourceAsStream(path), path);
    }

    private static List<Path> files(String... endings) throws IOException {
        try (Stream<Path> all = Files.walk(RESOURCES)) {
            List<Path> found = all.filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
                    .sorted()
                    .toList();
            assertThat(found).hasSizeGreaterThan(1);
            return found;
        }
    }

    @Test
    void every_file_is_as_prettier_writes_it() throws IOException {
        load("prettier", "standalone.js", "plugins/babel.js", "plugins/estree.js", "plugins/postcss.js");
        List<Path> others = new ArrayList<>();
        for (Path file : files(".css", ".js")) {
            String text = Files.readString(file);
            String formatted = (String) tools.evaluate(
                    "([text, parser]) => prettier.format(text,"
                            + " {parser, plugins: Object.values(prettierPlugins), printWidth: 120})",
                    List.of(text, file.toString().endsWith(".js") ? "babel" : "css"));
            if (!formatted.equals(text)) {
                Path kept = FORMATTED.resolve(RESOURCES.relativize(file));
                Files.createDirectories(kept.getParent());
                Files.writeString(kept, formatted);
                others.add(file);
            }
        }
        assertThat(others)
                .as("not formatted; as they should be: cp -r " + FORMATTED + "/. " + RESOURCES)
                .isEmpty();
    }

    @Test
    void jshint_has_nothing_against_the_scripts() throws IOException {
        load("jshint", "dist/jshint.js");
        String page = Jsoup.parse(HtmlReport.render(RunDocument.of(ExampleRuns.heapGrows())))
                .expectFirst("script:not([type])")
                .data();
        Map<String, String> scripts =
                Map.of("report", page, "grade", Files.readString(RESOURCES.resolve("grade/grade.js")));
        assertThat(hints("'use strict'; let unused = undefinedName == 1;")).hasSizeGreaterThan(2);
        for (Map.Entry<String, String> script : scripts.entrySet()) {
            assertThat(hints(script.getValue())).as(script.getKey()).isEmpty();
        }
    }

    @SuppressWarnings("unchecked") // the script hands over a list of strings
    private List<String> hints(String script) {
        return (List<String>) tools.evaluate(
                "script => { JSHINT(script, " + JSHINT_OPTIONS + ", {DecompressionStream: false, Response: false});"
                        + " return JSHINT.errors.map(e => e.reason + ' in: ' + e.evidence); }",
                script);
    }

    @Test
    void every_property_and_value_of_the_style_is_one_that_css_knows() throws IOException {
        load("css-tree", "dist/csstree.js");
        assertThat(mistakes("a { colour: red; width: 1pp; } b { color red }")).hasSize(3);
        for (Path file : files(".css")) {
            assertThat(mistakes(Files.readString(file))).as(file.toString()).isEmpty();
        }
    }

    @SuppressWarnings("unchecked") // the script hands over a list of strings
    private List<String> mistakes(String style) {
        return (List<String>) tools.evaluate("""
                style => {
                  const mistakes = [];
                  const tree = csstree.parse(style, {onParseError: e => mistakes.push(e.message), positions: true});
                  csstree.walk(tree, {visit: "Declaration", enter(declaration) {
                    // What stands in @page is no property of an element.
                    if (declaration.property.startsWith("--") || (this.atrule && this.atrule.name === "page")) return;
                    const error = csstree.lexer.matchDeclaration(declaration).error;
                    // A value with var() is known only where it is used, and CSSTree does not know clamp().
                    if (error && !/var\\(\\)|clamp\\(/.test(error.message)) {
                      mistakes.push(`line ${declaration.loc.start.line}, ${declaration.property}: ${error.message.split("\\n")[0]}`);
                    }
                  }});
                  return mistakes;
                }""", style);
    }
}
