package org.brkmap.evidence;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;

/** The exercise behind a check of a lab's document. */
final class ExerciseJson {
    private ExerciseJson() {}

    static void write(JsonWriter out, ExerciseResult exercise) throws IOException {
        out.beginObject();
        out.name("kind").value(exercise.kind().name());
        out.name("extra").value(exercise.extra());
        out.name("question").value(exercise.question());
        texts(out, "answers", exercise.answers());
        out.name("attempts").value(exercise.attempts());
        texts(out, "hints", exercise.hints());
        out.name("hintsInAll").value(exercise.hintsInAll());
        out.name("explanation").value(exercise.explanation());
        out.endObject();
    }

    static ExerciseResult read(JsonFields in) throws EvidenceException {
        ExerciseResult exercise = new ExerciseResult(
                in.at("kind").oneOf(ExerciseKind.class),
                in.at("extra").flag(),
                in.textOrNull("question"),
                in.at("answers").items(JsonNode::text),
                in.smallNumber("attempts"),
                in.at("hints").items(JsonNode::text),
                in.smallNumber("hintsInAll"),
                in.textOrNull("explanation"));
        in.end();
        return exercise;
    }

    private static void texts(JsonWriter out, String name, List<String> texts) throws IOException {
        out.name(name).beginArray();
        for (String text : texts) {
            out.value(text);
        }
        out.endArray();
    }
}
