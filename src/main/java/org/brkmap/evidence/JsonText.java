package org.brkmap.evidence;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.Collection;
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
