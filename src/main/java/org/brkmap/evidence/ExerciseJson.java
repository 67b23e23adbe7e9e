package org.brkmap.evidence;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        host(out, exercise.answeredOn());
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
                in.textOrNull("explanation"),
                in.has("answeredOn") ? in.at("answeredOn").orNull(ExerciseJson::host) : null);
        in.end();
        return exercise;
    }

    /** Evidence of versions that did not keep it has no such member. */
    private static void host(JsonWriter out, @Nullable AnswerHost host) throws IOException {
        out.name("answeredOn");
        if (host == null) {
            out.nullValue();
            return;
        }
        out.beginObject();
        out.name("libc").value(host.libc());
        out.name("compiler").value(host.compiler());
        out.name("machine").value(host.machine());
        out.name("kernel").value(host.kernel());
        out.endObject();
    }

    private static AnswerHost host(JsonNode node) throws EvidenceException {
        JsonFields in = node.fields();
        AnswerHost host =
                new AnswerHost(in.text("libc"), in.text("compiler"), in.text("machine"), in.textOrNull("kernel"));
        in.end();
        return host;
    }

    private static void texts(JsonWriter out, String name, List<String> texts) throws IOException {
        out.name(name).beginArray();
        for (String text : texts) {
            out.value(text);
        }
        out.endArray();
    }
}
