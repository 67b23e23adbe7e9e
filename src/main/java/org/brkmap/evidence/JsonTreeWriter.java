package org.brkmap.evidence;

import com.google.gson.stream.JsonWriter;
import java.io.Writer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is written as values ({@link JsonMembers} says which) and writes no text. Of numbers it takes whole ones. Not
 * thread-safe.
 */
final class JsonTreeWriter extends JsonWriter {
    private final Deque<Object> open = new ArrayDeque<>();
    private String name = "";
    private @Nullable Object root;

    JsonTreeWriter() {
        super(Writer.nullWriter());
    }

    /** What was written. */
    @Nullable Object root() {
        return root;
    }

    private JsonWriter put(@Nullable Object value) {
        Object in = open.peek();
        if (in instanceof JsonMembers members) {
            members.add(name, value);
        } else if (in != null) {
            items(in).add(value);
        } else {
            root = value;
        }
        return this;
    }

    @SuppressWarnings("unchecked") // what is open and no object is a list that began here
    private static List<@Nullable Object> items(Object list) {
        return (List<@Nullable Object>) list;
    }

    private JsonWriter begin(Object container) {
        put(container);
        open.push(container);
        return this;
    }

    private JsonWriter end() {
        open.pop();
        return this;
    }

    @Override
    public JsonWriter beginArray() {
        return begin(new ArrayList<@Nullable Object>());
    }

    @Override
    public JsonWriter endArray() {
        return end();
    }

    @Override
    public JsonWriter beginObject() {
        return begin(new JsonMembers());
    }

    @Override
    public JsonWriter endObject() {
        return end();
    }

    @Override
    public JsonWriter name(String of) {
        name = of;
        return this;
    }

    @Override
    public JsonWriter value(@Nullable String value) {
        return put(value);
    }

    @Override
    public JsonWriter value(boolean value) {
        return put(value);
    }

    @Override
    public JsonWriter value(@Nullable Boolean value) {
        return put(value);
    }

    @Override
    public JsonWriter value(long value) {
        return put(value);
    }

    @Override
    public JsonWriter value(@Nullable Number value) {
        if (value == null || value instanceof Long || value instanceof Integer) {
            return put(value == null ? null : (Object) value.longValue());
        }
        throw new IllegalArgumentException("no whole number: " + value);
    }

    @Override
    public JsonWriter nullValue() {
        return put(null);
    }
}
