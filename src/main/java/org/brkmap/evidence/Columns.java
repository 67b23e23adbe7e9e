package org.brkmap.evidence;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes an array of objects that have the same members as one object of columns, where equal and nearly equal values stand
 * side by side, which is what deflate needs. {@link Rows} gives the objects back; docs/EVIDENCE.md states the form.
 */
final class Columns {
    static final String ROWS = "[]";
    static final String NULLS = "null";
    static final String REPEATED = "*";
    static final String NUMBERS = "+";
    static final String ADDRESSES = "0x";
    /** The integers that a reader in JavaScript adds without loss. */
    static final long EXACT = 1L << 53;

    private static final Pattern ADDRESS = Pattern.compile("0x(0|[1-9a-f][0-9a-f]{0,15})");

    private Columns() {}

    /** The value with each array of objects in columns. */
    static JsonElement of(JsonElement value) {
        if (value instanceof JsonObject object) {
            JsonObject members = new JsonObject();
            object.entrySet().forEach(member -> members.add(member.getKey(), of(member.getValue())));
            return members;
        }
        if (value instanceof JsonArray array) {
            boolean rows = array.size() > 1 && array.get(0) instanceof JsonObject;
            return rows ? column(array.asList()) : each(array.asList());
        }
        return value;
    }

    private static JsonArray each(List<JsonElement> values) {
        JsonArray array = new JsonArray(values.size());
        values.forEach(value -> array.add(of(value)));
        return array;
    }

    private static JsonElement column(List<JsonElement> values) {
        if (values.stream().allMatch(JsonPrimitive.class::isInstance)) {
            return values.size() < 3 ? each(values) : shortest(values);
        }
        List<JsonElement> some =
                values.stream().filter(value -> !value.isJsonNull()).toList();
        if (some.isEmpty() || !alike(some)) {
            boolean plain = some.stream().anyMatch(value -> !value.isJsonPrimitive());
            return plain || values.size() < 3 ? each(values) : shortest(values);
        }
        Map<String, List<JsonElement>> members = new LinkedHashMap<>();
        some.get(0).getAsJsonObject().keySet().forEach(name -> members.put(name, new ArrayList<>(some.size())));
        for (JsonElement row : some) {
            Iterator<List<JsonElement>> of = members.values().iterator();
            row.getAsJsonObject().entrySet().forEach(member -> of.next().add(member.getValue()));
        }
        JsonObject columns = new JsonObject();
        members.forEach((name, column) -> columns.add(name, column(column)));
        JsonObject rows = new JsonObject();
        rows.add(ROWS, columns);
        if (some.size() < values.size()) {
            JsonArray nulls = new JsonArray();
            for (int i = 0; i < values.size(); i++) {
                if (values.get(i).isJsonNull()) {
                    nulls.add(i);
                }
            }
            rows.add(NULLS, nulls);
        }
        return rows;
    }

    /** Whether all are objects with the same members in the same order. */
    private static boolean alike(List<JsonElement> values) {
        if (!(values.get(0) instanceof JsonObject first) || first.isEmpty()) {
            return false;
        }
        return values.stream().allMatch(value -> value instanceof JsonObject row && sameNames(first, row));
    }

    private static boolean sameNames(JsonObject one, JsonObject other) {
        Iterator<String> names = other.keySet().iterator();
        return one.size() == other.size() && one.keySet().stream().allMatch(name -> name.equals(names.next()));
    }

    /** Scalars as they are, as what is repeated how often, or as differences: whichever is shorter. */
    private static JsonElement shortest(List<JsonElement> values) {
        JsonArray repeated = repeated(values);
        JsonElement best = each(values);
        int length = length(best.getAsJsonArray());
        List<JsonObject> others = new ArrayList<>();
        others.add(named(REPEATED, repeated));
        if (repeated.size() > 2) {
            JsonArray numbers = numbers(values);
            JsonArray addresses = addresses(values);
            if (!numbers.isEmpty()) {
                others.add(named(NUMBERS, numbers));
            }
            if (!addresses.isEmpty()) {
                others.add(named(ADDRESSES, addresses));
            }
        }
        for (JsonObject other : others) {
            int its = 6;
            for (String name : other.keySet()) {
                its += length(other.getAsJsonArray(name));
            }
            if (its < length) {
                best = other;
                length = its;
            }
        }
        return best;
    }

    private static JsonObject named(String name, JsonArray values) {
        JsonObject object = new JsonObject();
        object.add(name, values);
        return object;
    }

    private static int length(JsonArray scalars) {
        int length = 1;
        for (JsonElement value : scalars) {
            boolean text = value instanceof JsonPrimitive primitive && primitive.isString();
            length += 1 + (value.isJsonNull() ? 4 : value.getAsString().length() + (text ? 2 : 0));
        }
        return length;
    }

    private static JsonArray repeated(List<JsonElement> values) {
        JsonArray runs = new JsonArray();
        int count = 0;
        for (int i = 0; i < values.size(); i++) {
            count++;
            if (i + 1 == values.size() || !same(values.get(i), values.get(i + 1))) {
                runs.add(values.get(i));
                runs.add(count);
                count = 0;
            }
        }
        return runs;
    }

    private static boolean same(JsonElement one, JsonElement other) {
        if (one instanceof JsonNull || other instanceof JsonNull) {
            return one.equals(other);
        }
        return one.getAsJsonPrimitive().isString() == other.getAsJsonPrimitive().isString() && one.equals(other);
    }

    /** The first number and what each is more than the one before; empty if they are not whole and exact. */
    private static JsonArray numbers(List<JsonElement> values) {
        JsonArray differences = new JsonArray(values.size());
        long before = 0;
        for (JsonElement value : values) {
            if (!(value instanceof JsonPrimitive primitive) || !isWhole(primitive)) {
                return new JsonArray();
            }
            long number = primitive.getAsLong();
            differences.add(number - before);
            before = number;
        }
        return differences;
    }

    private static boolean isWhole(JsonPrimitive primitive) {
        if (!primitive.isNumber()) {
            return false;
        }
        Number number = primitive.getAsNumber();
        return (number instanceof Long || number instanceof Integer) && Math.abs(number.longValue()) < EXACT;
    }

    /** The first address and what each is more than the one before, in hexadecimal digits; empty if one is something else. */
    private static JsonArray addresses(List<JsonElement> values) {
        JsonArray differences = new JsonArray(values.size());
        long before = 0;
        for (JsonElement value : values) {
            if (!(value instanceof JsonPrimitive primitive)
                    || !primitive.isString()
                    || !ADDRESS.matcher(primitive.getAsString()).matches()) {
                return new JsonArray();
            }
            long address = Long.parseUnsignedLong(primitive.getAsString().substring(2), 16);
            boolean less = Long.compareUnsigned(address, before) < 0;
            differences.add((less ? "-" : "") + Long.toHexString(less ? before - address : address - before));
            before = address;
        }
        return differences;
    }
}
