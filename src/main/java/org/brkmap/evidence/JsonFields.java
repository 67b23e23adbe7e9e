package org.brkmap.evidence;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members of one JSON object: each must be there, and nothing else may be. Not thread-safe. */
public final class JsonFields {
    private final JsonPlace place;
    private final JsonMembers members;
    private final boolean[] read;
    /** Members are mostly read in the order in which they stand, and need not be looked for then. */
    private int next;

    JsonFields(JsonPlace place, JsonMembers members) {
        this.place = place;
        this.members = members;
        this.read = new boolean[members.size()];
    }

    /** Whether there is such a member. */
    public boolean has(String name) {
        return members.placeOf(name) >= 0;
    }

    /** The value of a member. */
    public JsonNode at(String name) throws EvidenceException {
        return JsonNode.member(place, name, value(name));
    }

    private @Nullable Object value(String name) throws EvidenceException {
        int at = next < read.length && members.name(next).equals(name) ? next : members.placeOf(name);
        if (at < 0) {
            throw new EvidenceException(
                    place.toString(), "\"" + name + "\" is missing (an unknown value is written as null)");
        }
        read[at] = true;
        next = at + 1;
        return members.value(at);
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
        for (String name : members.names()) {
            values.put(name, at(name).orNull(as));
        }
        return values;
    }

    /** Refuses members that nobody asked for: a misspelt name must not pass as an absent one. */
    public void end() throws EvidenceException {
        for (int place = 0; place < read.length; place++) {
            if (!read[place]) {
                throw new EvidenceException(this.place.toString(), "unknown member \"" + members.name(place) + "\"");
            }
        }
    }
}
