package org.brkmap.evidence;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import org.brkmap.model.AddressRange;
import org.jspecify.annotations.Nullable;

/** What the writers of the parts share. */
final class JsonText {
    private JsonText() {}

    /** How one value is written. */
    interface Part<T> {
        void write(JsonWriter out, T value) throws IOException;
    }

    static @Nullable String hex(@Nullable Long value) {
        return value == null ? null : AddressRange.hex(value);
    }

    /** Any value as text; {@link JsonMembers} says which there are. */
    static String of(@Nullable Object value) {
        TextWriter text = new TextWriter();
        try (JsonWriter out = new JsonWriter(text)) {
            out.setStrictness(Strictness.STRICT);
            write(out, value);
        } catch (IOException e) {
            throw new UncheckedIOException("memory refused to be written", e);
        }
        return text.toString();
    }

    private static void write(JsonWriter out, @Nullable Object value) throws IOException {
        if (value instanceof JsonMembers members) {
            out.beginObject();
            for (int i = 0; i < members.size(); i++) {
                write(out.name(members.name(i)), members.value(i));
            }
            out.endObject();
        } else if (value instanceof List<?> items) {
            out.beginArray();
            for (Object item : items) {
                write(out, item);
            }
            out.endArray();
        } else if (value instanceof Long number) {
            out.value(number.longValue());
        } else if (value instanceof JsonNumber number) {
            out.jsonValue(number.digits());
        } else if (value instanceof Boolean flag) {
            out.value(flag.booleanValue());
        } else {
            out.value(value == null ? null : value.toString());
        }
    }

    static <T> void array(JsonWriter out, String name, Collection<T> values, Part<? super T> part) throws IOException {
        out.name(name).beginArray();
        for (T value : values) {
            part.write(out, value);
        }
        out.endArray();
    }

    static void texts(JsonWriter out, String name, Collection<String> values) throws IOException {
        array(out, name, values, JsonWriter::value);
    }

    static <T> void orNull(JsonWriter out, String name, @Nullable T value, Part<? super T> part) throws IOException {
        out.name(name);
        if (value == null) {
            out.nullValue();
        } else {
            part.write(out, value);
        }
    }
}
