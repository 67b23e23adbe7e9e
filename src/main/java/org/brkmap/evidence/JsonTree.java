package org.brkmap.evidence;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.internal.LazilyParsedNumber;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;

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
            JsonElement root = element(reader);
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

    private static JsonElement element(JsonReader reader) throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> object(reader);
            case BEGIN_ARRAY -> array(reader);
            case STRING -> new JsonPrimitive(reader.nextString());
            case NUMBER -> new JsonPrimitive(new LazilyParsedNumber(reader.nextString()));
            case BOOLEAN -> new JsonPrimitive(reader.nextBoolean());
            default -> {
                reader.nextNull();
                yield JsonNull.INSTANCE;
            }
        };
    }

    private static JsonArray array(JsonReader reader) throws IOException {
        JsonArray array = new JsonArray();
        reader.beginArray();
        while (reader.hasNext()) {
            array.add(element(reader));
        }
        reader.endArray();
        return array;
    }

    private static JsonObject object(JsonReader reader) throws IOException {
        JsonObject object = new JsonObject();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            if (object.has(name)) {
                throw new EvidenceException(reader.getPath(), "the name occurs twice");
            }
            object.add(name, element(reader));
        }
        reader.endObject();
        return object;
    }
}
