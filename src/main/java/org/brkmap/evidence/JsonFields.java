package org.brkmap.evidence;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of one JSON object: each must be there, and nothing else may be. Not thread-safe. */
public final class JsonFields {
    private final JsonPlace place;
    private final JsonObject object;
    private final Set<String> read = new HashSet<>();

    JsonFields(JsonPlace place, JsonObject object) {
        this.place = place;
        this.object = object;
    }

    /** Whether there is such a member. */
    public boolean has(String name) {
        return object.has(name);
    }

    /** The value of a member. */
    public JsonNode at(String name) throws EvidenceException {
        JsonElement value = object.get(name);
        if (value == null) {
            throw new EvidenceException(
                    place.toString(), "\"" + name + "\" is missing (an unknown value is written as null)");
        }
        read.add(name);
        return new JsonNode(place.member(name), value);
    }

    /** A string. */
    public String text(String name) throws EvidenceException {
        return at(name).text();
    }

    /** A string or null. */
    public @Nullable String textOrNull(String name) throws EvidenceException {
        return at(name).orNull(JsonNode::text);
    }

    /** A whole number of 64 bits. */
    public long number(String name) throws EvidenceException {
        return at(name).number();
    }

    /** A whole number or null. */
    public @Nullable Long numberOrNull(String name) throws EvidenceException {
        return at(name).orNull(JsonNode::number);
    }

    /** A whole number of 32 bits. */
    public int smallNumber(String name) throws EvidenceException {
        return at(name).smallNumber();
    }

    @Nullable Integer smallNumberOrNull(String name) throws EvidenceException {
        return at(name).orNull(JsonNode::smallNumber);
    }

    /** An address. */
    public long hex(String name) throws EvidenceException {
        return at(name).hex();
    }

    /** An address or null. */
    public @Nullable Long hexOrNull(String name) throws EvidenceException {
        return at(name).orNull(JsonNode::hex);
    }

    /** All members, whatever their names are. */
    public <T> Map<String, @Nullable T> each(JsonNode.As<T> as) throws EvidenceException {
        Map<String, @Nullable T> values = new LinkedHashMap<>();
        for (String name : object.keySet()) {
            values.put(name, at(name).orNull(as));
        }
        return values;
    }

    /** Refuses members that nobody asked for: a misspelt name must not pass as an absent one. */
    public void end() throws EvidenceException {
        for (String name : object.keySet()) {
            if (!read.contains(name)) {
                throw new EvidenceException(place.toString(), "unknown member \"" + name + "\"");
            }
        }
    }
}
