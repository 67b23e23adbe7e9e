package org.brkmap.evidence;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses JSON to the letter of RFC 8259: no doubled names, nothing after the end, bounded in depth. Thread-safe. */
public final class JsonTree {
    private static final int MAX_DEPTH = 32;

    private JsonTree() {}

    /**
     * The value that the text is.
     *
     * @throws EvidenceException if it is not JSON; the message names the place
     */
    public static JsonNode parse(String text) throws EvidenceException {
        JsonReader reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        reader.setNestingLimit(MAX_DEPTH);
        try {
            Object root = value(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new EvidenceException("$", "there is text after the end of the document");
            }
            return JsonNode.root(root);
        } catch (EvidenceException e) {
            throw e;
        } catch (EOFException e) {
            throw new EvidenceException(reader.getPath(), "the document ends too early; it was cut off", e);
        } catch (MalformedJsonException e) {
            throw new EvidenceException(reader.getPath(), "not JSON: " + firstLine(e), e);
        } catch (IOException e) {
            throw new EvidenceException(reader.getPath(), "cannot be read: " + firstLine(e), e);
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static @Nullable Object value(JsonReader reader) throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> object(reader);
            case BEGIN_ARRAY -> array(reader);
            case STRING -> reader.nextString();
            case NUMBER -> JsonNumber.of(reader.nextString());
            case BOOLEAN -> reader.nextBoolean();
            default -> {
                reader.nextNull();
                yield null;
            }
        };
    }

    private static List<@Nullable Object> array(JsonReader reader) throws IOException {
        List<@Nullable Object> array = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            array.add(value(reader));
        }
        reader.endArray();
        return array;
    }

    private static JsonMembers object(JsonReader reader) throws IOException {
        JsonMembers object = new JsonMembers();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            if (object.placeOf(name) >= 0) {
                throw new EvidenceException(reader.getPath(), "the name occurs twice");
            }
            object.add(name, value(reader));
        }
        reader.endObject();
        return object;
    }
}
