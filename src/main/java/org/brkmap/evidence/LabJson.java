package org.brkmap.evidence;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The document of a lab, without its schema member. */
final class LabJson {
    private LabJson() {}

    static void writeMembers(JsonWriter out, LabDocument lab) throws IOException {
        out.name("lab").value(lab.lab());
        out.name("title").value(lab.title());
        out.name("generatedBy").value(lab.generatedBy());
        JsonText.array(out, "runs", lab.runs(), (array, run) -> {
            array.beginObject();
            RunJson.writeMembers(array, run);
            array.endObject();
        });
        out.name("facts").beginObject();
        for (Map.Entry<String, @Nullable Object> fact : lab.facts().entrySet()) {
            out.name(fact.getKey());
            writeFact(out, fact.getValue());
        }
        out.endObject();
        out.name("answers").beginObject();
        for (Map.Entry<String, String> answer : lab.answers().entrySet()) {
            out.name(answer.getKey()).value(answer.getValue());
        }
        out.endObject();
        JsonText.array(out, "checks", lab.checks(), LabJson::writeCheck);
        out.name("score").beginObject();
        out.name("earned").value(lab.score().earned());
        out.name("max").value(lab.score().max());
        out.endObject();
    }

    static LabDocument readMembers(JsonFields in) throws EvidenceException {
        List<RunDocument> runs = in.at("runs").items(node -> {
            JsonFields run = node.fields();
            RunDocument document = RunJson.readMembers(run);
            run.end();
            return document;
        });
        Map<String, @Nullable Object> facts = in.at("facts").fields().each(LabJson::readFact);
        Map<String, String> answers = new LinkedHashMap<>();
        for (Map.Entry<String, @Nullable String> answer :
                in.at("answers").fields().each(JsonNode::text).entrySet()) {
            String text = answer.getValue();
            if (text == null) {
                throw in.at("answers").wrong("the answer to " + answer.getKey() + " is null");
            }
            answers.put(answer.getKey(), text);
        }
        LabDocument lab = new LabDocument(
                in.text("lab"),
                in.text("title"),
                in.text("generatedBy"),
                runs,
                facts,
                in.at("checks").items(LabJson::readCheck),
                answers);
        JsonFields score = in.at("score").fields();
        if (score.smallNumber("earned") != lab.score().earned()
                || score.smallNumber("max") != lab.score().max()) {
            throw in.at("score").wrong("is not the sum of the checks, which is " + lab.score());
        }
        score.end();
        return lab;
    }

    private static void writeFact(JsonWriter out, @Nullable Object value) throws IOException {
        if (value instanceof Long number) {
            out.value(number);
        } else if (value instanceof Boolean flag) {
            out.value(flag);
        } else {
            out.value((String) value);
        }
    }

    private static Object readFact(JsonNode node) throws EvidenceException {
        Object value = node.value();
        if (value instanceof JsonMembers || value instanceof List) {
            throw node.wrong("a fact is a number, a string, true, false or null");
        }
        return value instanceof String || value instanceof Boolean ? value : (Object) node.number();
    }

    private static void writeCheck(JsonWriter out, CheckResult check) throws IOException {
        out.beginObject();
        out.name("id").value(check.id());
        out.name("title").value(check.title());
        out.name("points").value(check.points());
        out.name("earned").value(check.earned());
        out.name("status").value(check.status().name());
        out.name("expected").value(check.expected());
        out.name("actual").value(check.actual());
        out.name("hint").value(check.hint());
        out.name("run").value(check.run());
        out.name("file").value(check.file());
        out.name("line").value(check.line());
        ExerciseResult exercise = check.exercise();
        if (exercise != null) {
            out.name("exercise");
            ExerciseJson.write(out, exercise);
        }
        out.endObject();
    }

    private static CheckResult readCheck(JsonNode node) throws EvidenceException {
        JsonFields in = node.fields();
        CheckResult check = new CheckResult(
                in.text("id"),
                in.text("title"),
                in.smallNumber("points"),
                in.smallNumber("earned"),
                in.at("status").oneOf(CheckStatus.class),
                in.textOrNull("expected"),
                in.textOrNull("actual"),
                in.textOrNull("hint"),
                in.smallNumberOrNull("run"),
                in.textOrNull("file"),
                in.smallNumberOrNull("line"),
                in.has("exercise") ? ExerciseJson.read(in.at("exercise").fields()) : null);
        in.end();
        return check;
    }
}
