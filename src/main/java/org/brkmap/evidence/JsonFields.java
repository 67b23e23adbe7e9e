package org.brkmap.evidence;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of one JSON object: each must be there, and nothing else may be. Not thread-safe. */
public final class JsonFields {
    private final JsonPlace place;
    private final JsonObject object;
    /** Members are mostly read in the order in which they stand, and need not be looked for then. */
    private final Iterator<Map.Entry<String, JsonElement>> inOrder;

    private Map.@Nullable Entry<String, JsonElement> next;
    private int readInOrder;
    private @Nullable Set<String> readOtherwise;

    JsonFields(JsonPlace place, JsonObject object) {
        this.place = place;
        this.object = object;
        this.inOrder = object.entrySet().iterator();
        this.next = inOrder.hasNext() ? inOrder.next() : null;
    }

    /** Whether there is such a member. */
    public boolean has(String name) {
        return object.has(name);
    }

    /** The value of a member. */
    public JsonNode at(String name) throws EvidenceException {
        Map.Entry<String, JsonElement> expected = next;
        if (expected != null && expected.getKey().equals(name)) {
            readInOrder++;
            next = inOrder.hasNext() ? inOrder.next() : null;
            return JsonNode.member(place, name, expected.getValue());
        }
        JsonElement value = object.get(name);
        if (value == null) {
            throw new EvidenceException(
                    place.toString(), "\"" + name + "\" is missing (an unknown value is written as null)");
        }
        Set<String> others = readOtherwise == null ? new HashSet<>() : readOtherwise;
        others.add(name);
        readOtherwise = others;
        return JsonNode.member(place, name, value);
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
        if (next == null) {
            return;
        }
        int position = 0;
        for (String name : object.keySet()) {
            boolean isRead = position++ < readInOrder || (readOtherwise != null && readOtherwise.contains(name));
            if (!isRead) {
                throw new EvidenceException(place.toString(), "unknown member \"" + name + "\"");
            }
        }
    }
}
