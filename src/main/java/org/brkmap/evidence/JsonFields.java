package org.brkmap.evidence;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of one JSON object: each must be there, and nothing else may be. */
final class JsonFields {
    private final String path;
    private final JsonObject object;
    private final Set<String> read = new HashSet<>();

    JsonFields(String path, JsonObject object) {
        this.path = path;
        this.object = object;
    }

    boolean has(String name) {
        return object.has(name);
    }

    JsonNode at(String name) throws EvidenceException {
        JsonElement value = object.get(name);
        if (value == null) {
            throw new EvidenceException(path, "\"" + name + "\" is missing (an unknown value is written as null)");
        }
        read.add(name);
        return new JsonNode(path + "." + name, value);
    }

    String text(String name) throws EvidenceException {
        return at(name).text();
    }

    @Nullable String textOrNull(String name) throws EvidenceException {
        return at(name).orNull(JsonNode::text);
    }

    long number(String name) throws EvidenceException {
        return at(name).number();
    }

    @Nullable Long numberOrNull(String name) throws EvidenceException {
        return at(name).orNull(JsonNode::number);
    }

    int smallNumber(String name) throws EvidenceException {
        return at(name).smallNumber();
    }

    @Nullable Integer smallNumberOrNull(String name) throws EvidenceException {
        return at(name).orNull(JsonNode::smallNumber);
    }

    long hex(String name) throws EvidenceException {
        return at(name).hex();
    }

    @Nullable Long hexOrNull(String name) throws EvidenceException {
        return at(name).orNull(JsonNode::hex);
    }

    /** All members, whatever their names are. */
    <T> Map<String, @Nullable T> each(JsonNode.As<T> as) throws EvidenceException {
        Map<String, @Nullable T> values = new LinkedHashMap<>();
        for (String name : object.keySet()) {
            values.put(name, at(name).orNull(as));
        }
        return values;
    }

    /** Refuses members that nobody asked for: a misspelt name must not pass as an absent one. */
    void end() throws EvidenceException {
        for (String name : object.keySet()) {
            if (!read.contains(name)) {
                throw new EvidenceException(path, "unknown member \"" + name + "\"");
            }
        }
    }
}
