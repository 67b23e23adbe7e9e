package org.brkmap.evidence;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Facts that are not evidence of a run, as JSON: what commands print for programs to read. Thread-safe. */
public final class FactsJson {
    private FactsJson() {}

    /**
     * The facts on one line, in the order of the maps.
     *
     * @param facts maps with strings as keys, collections, strings, numbers, booleans and nulls, as deep as need be
     */
    public static String write(Map<String, ? extends @Nullable Object> facts) {
        StringWriter text = new StringWriter();
        try (JsonWriter out = new JsonWriter(text)) {
            out.setStrictness(Strictness.STRICT);
            out.setSerializeNulls(true);
            value(out, facts);
        } catch (IOException e) {
            throw new UncheckedIOException("a string refused to be written", e);
        }
        return text.append('\n').toString();
    }

    private static void value(JsonWriter out, @Nullable Object value) throws IOException {
        if (value == null) {
            out.nullValue();
        } else if (value instanceof Map<?, ?> members) {
            out.beginObject();
            for (Map.Entry<?, ?> member : members.entrySet()) {
                out.name(String.valueOf(member.getKey()));
                value(out, member.getValue());
            }
            out.endObject();
        } else if (value instanceof Collection<?> items) {
            out.beginArray();
            for (Object item : items) {
                value(out, item);
            }
            out.endArray();
        } else if (value instanceof Number number) {
            out.value(number);
        } else if (value instanceof Boolean flag) {
            out.value(flag);
        } else {
            out.value(value.toString());
        }
    }
}
