package org.brkmap.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.brkmap.grade.Gradebook;
import org.brkmap.grade.Roster;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads JSON back with another library, and holds it against the rules of who reads it. */
class StudentFilesTest {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @TempDir
    private Path folder;

    private SmallClass small;
    private Gradebook book;

    @BeforeEach
    void book() throws IOException {
        small = new SmallClass(folder);
        book = small.book();
    }

    private Map<String, String> texts(Format format) throws IOException {
        return byStudent(Export.of(book, format, ExportOptions.of(small.roster())));
    }

    /** Files have the student's id before a hash. */
    private static Map<String, String> byStudent(Export export) {
        Map<String, String> texts = new LinkedHashMap<>();
        export.files().forEach((name, text) -> texts.put(name.replaceAll("-[0-9a-f]{8}\\.(json|txt)$", ""), text));
        return texts;
    }

    private static JsonNode json(String text) throws IOException {
        return JSON.readTree(text);
    }

    private static Set<String> names(JsonNode node) {
        Set<String> names = new java.util.LinkedHashSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> each(JsonNode tests, String member) {
        return StreamSupport.stream(tests.spliterator(), false)
                .map(test -> test.path(member).asText("-"))
                .toList();
    }

    @Test
    void gradescope_takes_the_score_and_shows_texts_as_text() throws IOException {
        Map<String, String> texts = texts(Format.GRADESCOPE);
        assertThat(texts).containsOnlyKeys("s1", "s2", "s5", "s6");
        JsonNode bob = json(texts.get("s2"));
        assertThat(names(bob))
                .isSubsetOf(
                        "score",
                        "execution_time",
                        "output",
                        "output_format",
                        "test_output_format",
                        "test_name_format",
                        "visibility",
                        "stdout_visibility",
                        "extra_data",
                        "tests",
                        "leaderboard");
        assertThat(bob.get("score").decimalValue()).isEqualByComparingTo("5");
        assertThat(bob.get("output").asText()).doesNotContain(SmallClass.secret());
        for (JsonNode test : bob.get("tests")) {
            assertThat(names(test))
                    .isSubsetOf(
                            "score",
                            "max_score",
                            "status",
                            "name",
                            "name_format",
                            "number",
                            "output",
                            "output_format",
                            "tags",
                            "visibility",
                            "extra_data");
            assertThat(test.get("output_format").asText()).isEqualTo("text");
            assertThat(test.get("score").decimalValue())
                    .isLessThanOrEqualTo(test.get("max_score").decimalValue());
            assertThat(test.get("visibility").asText()).isIn("visible", "hidden", "after_due_date", "after_published");
        }
        assertThat(each(bob.get("tests"), "status")).containsExactly("failed", "passed", "-", "failed", "-");
        assertThat(each(bob.get("tests"), "number")).containsExactly("1", "2", "3", "4", "5");
        assertThat(each(bob.get("tests"), "visibility"))
                .containsExactly("visible", "visible", "visible", "hidden", "visible");
        assertThat(bob.get("tests").get(0).get("output").asText()).contains(SmallClass.HOSTILE);
        assertThat(json(texts.get("s5")).get("score").decimalValue()).isEqualByComparingTo("13.5");
    }

    @Test
    void exercism_tells_pass_fail_and_error_apart() throws IOException {
        Map<String, String> texts = texts(Format.EXERCISM);
        assertThat(texts).containsOnlyKeys("s1", "s2", "s4", "s5");
        for (String text : texts.values()) {
            JsonNode result = json(text);
            assertThat(names(result)).containsExactlyInAnyOrder("version", "status", "message", "tests");
            assertThat(result.get("version").asInt()).isEqualTo(3);
            assertThat(result.get("message").isNull())
                    .isEqualTo(!result.get("status").asText().equals("error"));
            assertThat(text).doesNotContain(SmallClass.secret());
            for (JsonNode test : result.get("tests")) {
                assertThat(names(test)).isSubsetOf("name", "test_code", "status", "message", "output", "task_id");
                assertThat(test.get("status").asText()).isIn("pass", "fail", "error");
                assertThat(test.get("message").isNull())
                        .isEqualTo(test.get("status").asText().equals("pass"));
            }
        }
        assertThat(json(texts.get("s1")).get("status").asText()).isEqualTo("pass");
        assertThat(json(texts.get("s2")).get("status").asText()).isEqualTo("fail");
        assertThat(json(texts.get("s4")).get("status").asText()).isEqualTo("error");
        assertThat(json(texts.get("s4")).get("message").asText()).contains("could not be graded");
        assertThat(each(json(texts.get("s2")).get("tests"), "status"))
                .containsExactly("fail", "pass", "fail", "fail", "error");
    }

    @Test
    void github_takes_base64_whose_scores_add_up() throws IOException {
        Map<String, String> texts = texts(Format.GITHUB);
        assertThat(texts).containsOnlyKeys("s1", "s2", "s5", "s6");
        Map<String, String> points = Map.of("s1", "20", "s2", "5", "s5", "13.5", "s6", "7.5");
        for (Map.Entry<String, String> file : texts.entrySet()) {
            assertThat(file.getValue().strip()).matches("[A-Za-z0-9+/]+=*");
            JsonNode result =
                    json(new String(Base64.getDecoder().decode(file.getValue().strip()), StandardCharsets.UTF_8));
            BigDecimal sum = BigDecimal.ZERO;
            for (JsonNode test : result.get("tests")) {
                sum = sum.add(test.get("score").decimalValue());
                assertThat(test.get("status").asText()).isIn("pass", "fail", "error");
                assertThat(test.get("name").asText()).isNotEmpty();
            }
            assertThat(sum).as(file.getKey()).isEqualByComparingTo(points.get(file.getKey()));
            assertThat(result.get("max_score").decimalValue()).isEqualByComparingTo("20");
            assertThat(result.get("status").asText()).isEqualTo(file.getKey().equals("s1") ? "pass" : "fail");
        }
    }

    /** What collect-scores of Classroom 50 asks of a result. */
    private static void isResult(JsonNode result) {
        assertThat(names(result))
                .isSubsetOf(
                        "schema",
                        "classroom",
                        "assignment",
                        "assignment_type",
                        "owner",
                        "submission",
                        "commit",
                        "release",
                        "review",
                        "datetime",
                        "graded_at",
                        "score",
                        "max-score",
                        "tests",
                        "submitted_by");
        assertThat(result.get("schema").asText()).isEqualTo("classroom50/result/v1");
        for (String member :
                List.of("classroom", "assignment", "submission", "commit", "release", "review", "datetime")) {
            assertThat(result.get(member).isTextual()).as(member).isTrue();
            assertThat(result.get(member).asText()).as(member).isNotEmpty();
        }
        int score = 0;
        int max = 0;
        for (JsonNode test : result.get("tests")) {
            assertThat(test.get("test-name").asText()).isNotEmpty();
            assertThat(test.get("passed").isBoolean()).isTrue();
            assertThat(test.get("score").isInt()).isTrue();
            assertThat(test.get("max-score").isInt()).isTrue();
            assertThat(test.get("score").asInt())
                    .isBetween(0, test.get("max-score").asInt());
            score += test.get("score").asInt();
            max += test.get("max-score").asInt();
        }
        assertThat(result.get("score").isInt()).isTrue();
        assertThat(result.get("score").asInt()).isEqualTo(score);
        assertThat(result.get("max-score").asInt()).isEqualTo(max);
    }

    private Path template(String owner, String more) throws IOException {
        Path file = Files.createDirectories(folder.resolve("releases").resolve(owner))
                .resolve("result.json");
        return Files.writeString(
                file,
                "{\"schema\":\"classroom50/result/v1\",\"classroom\":\"os\",\"assignment\":\"lab2\","
                        + "\"assignment_type\":\"individual\",\"owner\":\"" + owner + "\",\"submission\":\"submit/1\","
                        + "\"commit\":\"https://x/c\",\"release\":\"https://x/r\",\"review\":\"https://x/v\","
                        + "\"datetime\":\"2026-11-20T10:00:00Z\",\"submitted_by\":{\"username\":\"" + owner
                        + "\",\"id\":7},"
                        + "\"score\":0,\"max-score\":0,\"tests\":[]" + more + "}");
    }

    private ExportOptions filling(Path template) throws IOException {
        return new ExportOptions(List.of(), List.of(), small.roster(), Map.of(), template, null, false, Map.of());
    }

    @Test
    void classroom50s_results_are_filled_in() throws IOException {
        template("ada", "");
        template("bob", "");
        template("ed", "");
        template("zed", "");
        Export export = Export.of(book, Format.CLASSROOM50, filling(folder.resolve("releases")));
        Map<String, String> texts = byStudent(export);
        assertThat(texts).containsOnlyKeys("s1", "s2", "s5");
        for (String text : texts.values()) {
            isResult(json(text));
            assertThat(text).doesNotContain(SmallClass.secret());
        }
        JsonNode ada = json(texts.get("s1"));
        assertThat(ada.get("score").asInt()).isEqualTo(20);
        assertThat(ada.get("tests")).hasSize(4);
        assertThat(ada.get("owner").asText()).isEqualTo("ada");
        assertThat(ada.get("submitted_by").get("id").asInt()).isEqualTo(7);
        JsonNode late = json(texts.get("s5"));
        assertThat(late.get("score").asInt()).as("13.5, rounded").isEqualTo(14);
        assertThat(late.get("tests")).hasSize(1);
        assertThat(export.notes()).anyMatch(note -> note.contains("zed"));
        assertThat(export.notes()).anyMatch(note -> note.contains("rounded") && note.contains("s5"));
        assertThat(export.notes()).anyMatch(note -> note.contains("no result file") && note.contains("s6"));
    }

    @Test
    void what_is_no_result_of_classroom50_is_refused() throws IOException {
        Path more = template("ada", ",\"bonus\":1");
        assertThatThrownBy(() -> Export.of(book, Format.CLASSROOM50, filling(more)))
                .hasMessageContaining("bonus");
        Files.writeString(more, Files.readString(more).replace("result/v1", "result/v2"));
        assertThatThrownBy(() -> Export.of(book, Format.CLASSROOM50, filling(more)))
                .hasMessageContaining("schema");
        template("ada", "");
        Files.copy(more, more.resolveSibling("second.json"));
        assertThatThrownBy(() -> Export.of(book, Format.CLASSROOM50, filling(folder.resolve("releases"))))
                .hasMessageContaining("second result of ada");
    }

    @Test
    void in_classroom50s_runner_the_environment_says_what_it_is_at() throws IOException {
        Map<String, String> runner = Map.of(
                "CLASSROOM",
                "os",
                "ASSIGNMENT",
                "lab2",
                "SUBMISSION_TAG",
                "submit/2",
                "COMMIT_URL",
                "https://x/c",
                "RELEASE_URL",
                "https://x/r",
                "REVIEW_URL",
                "");
        Roster roster = small.roster();
        ExportOptions one = new ExportOptions(List.of(), List.of("s2"), roster, Map.of(), null, null, false, runner);
        JsonNode bob = json(byStudent(Export.of(book, Format.CLASSROOM50, one)).get("s2"));
        isResult(bob);
        assertThat(bob.get("datetime").asText()).isEqualTo("2026-11-20T10:00:00Z");
        assertThat(bob.get("review").asText()).isEqualTo("https://x/c");
        ExportOptions all = new ExportOptions(List.of(), List.of(), roster, Map.of(), null, null, false, runner);
        assertThatThrownBy(() -> Export.of(book, Format.CLASSROOM50, all)).hasMessageContaining("--student ID");
        assertThatThrownBy(() -> Export.of(book, Format.CLASSROOM50, ExportOptions.of(roster)))
                .hasMessageContaining("no CLASSROOM, ASSIGNMENT");
    }
}
