package org.brkmap.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.brkmap.analyse.Analysis;
import org.brkmap.model.AllocatorCall;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceJsonTest {
    private static final String HOSTILE = "<script>\"'&\n\t\u0000\u001b[31m\u202e]]>\u2028é\\012";

    @Test
    void a_run_reads_back_equal() throws Exception {
        RunDocument run = RunDocument.of(ExampleRuns.heapGrows());
        assertThat(EvidenceJson.read(EvidenceJson.write(run))).isEqualTo(run);
    }

    @Test
    void a_lab_reads_back_equal() throws Exception {
        LabDocument lab = ExampleRuns.lab();
        assertThat(EvidenceJson.read(EvidenceJson.write(lab))).isEqualTo(lab);
    }

    @Test
    void hostile_text_and_unknown_values_read_back_equal() throws Exception {
        RunDocument run = RunDocument.of(ExampleRuns.hostile(HOSTILE));
        assertThat(EvidenceJson.read(EvidenceJson.write(run))).isEqualTo(run);
    }

    @Test
    void what_is_written_satisfies_the_schema() {
        assertThat(Schema.objections(EvidenceJson.write(RunDocument.of(ExampleRuns.heapGrows()))))
                .isEmpty();
        assertThat(Schema.objections(EvidenceJson.write(RunDocument.of(ExampleRuns.hostile(HOSTILE)))))
                .isEmpty();
        assertThat(Schema.objections(EvidenceJson.write(ExampleRuns.lab()))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(CheckpointKind.class)
    void every_kind_of_checkpoint_is_in_the_schema_and_in_its_description(CheckpointKind kind) throws Exception {
        RunDocument run = RunDocument.of(ExampleRuns.heapGrows());
        String text = EvidenceJson.write(run).replaceFirst("\"kind\":\"[A-Z]+\"", "\"kind\":\"" + kind + "\"");

        assertThat(text).contains("\"kind\":\"" + kind + "\"");
        assertThat(Schema.objections(text)).isEmpty();
        assertThat(Files.readString(Path.of("docs", "EVIDENCE.md"))).contains("| " + kind + " |");
    }

    @Test
    void the_same_evidence_gives_the_same_text_in_any_locale() {
        Locale before = Locale.getDefault();
        String expected = EvidenceJson.write(ExampleRuns.lab());
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(EvidenceJson.write(ExampleRuns.lab())).isEqualTo(expected);
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertThat(EvidenceJson.write(ExampleRuns.lab())).isEqualTo(expected);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void addresses_are_hexadecimal_strings_and_unknown_is_an_explicit_null() {
        JsonObject json = parse(EvidenceJson.write(RunDocument.of(ExampleRuns.hostile("x"))));
        JsonObject mapping = json.getAsJsonArray("checkpoints")
                .get(1)
                .getAsJsonObject()
                .getAsJsonArray("mappings")
                .get(0)
                .getAsJsonObject();
        assertThat(mapping.get("start").getAsString()).isEqualTo("0x7f3bd0a00000");
        assertThat(mapping.has("usage")).isTrue();
        assertThat(mapping.get("usage").isJsonNull()).isTrue();
        JsonObject event = json.getAsJsonArray("events").get(0).getAsJsonObject();
        assertThat(event.get("args").toString()).isEqualTo("[\"0xffffffffffffffff\"]");
        assertThat(json.getAsJsonArray("checkpoints")
                        .get(1)
                        .getAsJsonObject()
                        .getAsJsonObject("totals")
                        .get("resident")
                        .isJsonNull())
                .as("a total of unknown parts is unknown, not zero")
                .isTrue();
    }

    @Test
    void a_mapping_is_placed_by_a_name_without_its_address() {
        JsonArray mappings = parse(EvidenceJson.write(RunDocument.of(ExampleRuns.mappingsAppear())))
                .getAsJsonArray("checkpoints")
                .get(1)
                .getAsJsonObject()
                .getAsJsonArray("mappings");
        assertThat(mappings)
                .extracting(row -> row.getAsJsonObject().get("at").getAsString())
                .contains("exe+0x0", "exe+0x4000", "heap+0x0", "anon#1-0x82000", "libc.so.6+0x1d4000", "stack-0x21000");
    }

    @Test
    void the_log_of_the_allocator_is_bounded_and_says_how_much_it_left_out() {
        Observation seen = ExampleRuns.heapGrows().observation();
        AllocatorCall call = seen.allocations().get(0);
        Observation long_ = new Observation(
                seen.program(),
                seen.host(),
                seen.transcript(),
                seen.snapshots(),
                seen.events(),
                Collections.nCopies(RunDocument.MAX_ALLOCATIONS + 5, call),
                2,
                seen.ending(),
                seen.notes());
        Observation kept = RunDocument.of(new Analysis(long_, List.of())).observation();
        assertThat(kept.allocations()).hasSize(RunDocument.MAX_ALLOCATIONS);
        assertThat(kept.allocationsDropped()).isEqualTo(7);
    }

    @Test
    void another_version_of_the_schema_is_refused_by_name() {
        assertThatThrownBy(() -> EvidenceJson.read("{\"schema\":\"brkmap/evidence/2\"}"))
                .isInstanceOf(EvidenceException.class)
                .hasMessageContaining("$.schema")
                .hasMessageContaining("brkmap/evidence/2")
                .hasMessageContaining("reads \"brkmap/evidence/1\" only");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{'schema':'brkmap/evidence/1'}",
                "{\"schema\":\"brkmap/evidence/1\"}",
                "{\"schema\":\"brkmap/evidence/1\",\"schema\":\"brkmap/evidence/1\"}",
                "<html></html>"
            })
    void what_is_no_evidence_is_refused_with_its_place(String text) {
        assertThatThrownBy(() -> EvidenceJson.read(text))
                .isInstanceOf(EvidenceException.class)
                .hasMessageStartingWith("$");
    }

    @Test
    void text_after_the_end_is_refused() {
        String json = EvidenceJson.write(ExampleRuns.lab());
        assertThatThrownBy(() -> EvidenceJson.read(json + "{}")).isInstanceOf(EvidenceException.class);
    }

    @Test
    void a_document_cut_anywhere_is_refused() {
        String json =
                EvidenceJson.write(RunDocument.of(ExampleRuns.mappingsAppear())).strip();
        for (int end = 1; end < json.length(); end += 97) {
            String cut = json.substring(0, end);
            assertThatThrownBy(() -> EvidenceJson.read(cut)).isInstanceOf(EvidenceException.class);
        }
    }

    @Test
    void nesting_without_end_is_refused() {
        String deep = "{\"schema\":" + "[".repeat(100_000);
        assertThatThrownBy(() -> EvidenceJson.read(deep)).isInstanceOf(EvidenceException.class);
    }

    @Test
    void a_fault_is_named_with_its_place_and_the_schema_refuses_it_too() {
        refuses("$.changes[0].kind", run -> change(run).addProperty("kind", "GREWW"));
        refuses("$.changes[0].start", run -> change(run).addProperty("start", 17));
        refuses("$.changes[0].start", run -> change(run).addProperty("start", "0xZZ"));
        refuses("$.changes[0]", run -> change(run).remove("causedBy"));
        refuses("$.changes[0].bytes", run -> change(run).addProperty("bytes", 1.5));
        refuses("$.changes[0]", run -> change(run).addProperty("colour", "red"));
        refuses("$.program.exit", run -> exit(run).addProperty("signal", "SIGTERM"));
        refuses("$.program.exit.code", run -> exit(run).addProperty("code", "0"));
        refuses("$.checkpoints[0].mappings[5].perms", run -> mapping(run).addProperty("perms", "rwxz"));
        refuses("$.checkpoints[0].mappings[5].pages", run -> mapping(run).addProperty("pages", "3q"));
        refuses("$.checkpoints[0].mappings[5].device", run -> mapping(run).addProperty("device", "disk"));
        refuses(
                "$.events[1].args[0]",
                run -> run.getAsJsonArray("events")
                        .get(1)
                        .getAsJsonObject()
                        .getAsJsonArray("args")
                        .set(0, null));
    }

    @Test
    void faults_that_a_schema_cannot_see_are_refused_too() {
        readerRefuses("$.changes[0]", run -> change(run).addProperty("to", 9));
        readerRefuses("$.checkpoints[0].mappings[5]", run -> mapping(run).addProperty("end", "0x1"));
        readerRefuses(
                "$.checkpoints",
                run -> run.getAsJsonArray("checkpoints")
                        .get(1)
                        .getAsJsonObject()
                        .addProperty("id", 0));
    }

    @Test
    void a_score_that_is_not_the_sum_of_the_checks_is_refused() {
        JsonObject lab = parse(EvidenceJson.write(ExampleRuns.lab()));
        lab.getAsJsonObject("score").addProperty("earned", 20);
        assertThatThrownBy(() -> EvidenceJson.read(lab.toString())).hasMessageStartingWith("$.score: is not the sum");
    }

    @Test
    void a_check_names_a_run_that_there_is() {
        JsonObject lab = parse(EvidenceJson.write(ExampleRuns.lab()));
        lab.getAsJsonArray("checks").get(0).getAsJsonObject().addProperty("run", 2);
        assertThatThrownBy(() -> EvidenceJson.read(lab.toString()))
                .hasMessageContaining("names run 2 of 2 (counted from 0)");
    }

    @Test
    void a_fact_of_another_type_is_refused_where_it_is_made() {
        assertThatThrownBy(() -> new LabDocument("lab2", "", "", List.of(), Map.of("ratio", 1.5), List.of(), Map.of()))
                .hasMessage("fact ratio is a Double; facts are Long, String, Boolean or null");
    }

    @Test
    void the_excerpts_in_the_documentation_satisfy_the_schema() throws Exception {
        String page = Files.readString(Path.of("docs", "EVIDENCE.md"));
        Matcher excerpt =
                Pattern.compile("```json (\\w+)\n(.*?)```", Pattern.DOTALL).matcher(page);
        JsonObject run = parse(EvidenceJson.write(RunDocument.of(ExampleRuns.heapGrows())));
        int found = 0;
        while (excerpt.find()) {
            run.getAsJsonArray(excerpt.group(1) + "s").add(JsonParser.parseString(excerpt.group(2)));
            found++;
        }
        assertThat(found).isEqualTo(2);
        assertThat(Schema.objections(new GsonBuilder().serializeNulls().create().toJson(run)))
                .isEmpty();
    }

    private static void refuses(String place, Consumer<JsonObject> damage) {
        String damaged = readerRefuses(place, damage);
        assertThat(Schema.objections(damaged))
                .as("the schema on the fault at " + place)
                .isNotEmpty();
    }

    private static String readerRefuses(String place, Consumer<JsonObject> damage) {
        JsonObject run = parse(EvidenceJson.write(RunDocument.of(ExampleRuns.heapGrows())));
        damage.accept(run);
        String damaged = new GsonBuilder().serializeNulls().create().toJson(run);
        assertThatThrownBy(() -> EvidenceJson.read(damaged))
                .isInstanceOf(EvidenceException.class)
                .hasMessageStartingWith(place + ": ");
        return damaged;
    }

    private static JsonObject change(JsonObject run) {
        return run.getAsJsonArray("changes").get(0).getAsJsonObject();
    }

    private static JsonObject exit(JsonObject run) {
        return run.getAsJsonObject("program").getAsJsonObject("exit");
    }

    private static JsonObject mapping(JsonObject run) {
        return run.getAsJsonArray("checkpoints")
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("mappings")
                .get(5)
                .getAsJsonObject();
    }

    private static JsonObject parse(String json) {
        return JsonParser.parseString(json).getAsJsonObject();
    }
}
