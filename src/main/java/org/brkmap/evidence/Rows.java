package org.brkmap.evidence;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what {@link Columns} wrote, and refuses what it cannot have written. Not thread-safe. */
final class Rows {
    /** A small text could ask for any number of repetitions. */
    private static final int MOST_VALUES = 4_000_000;

    /** A number that JavaScript adds without loss has at most so many. */
    private static final int MOST_DIGITS = 17;

    private int values;

    private Rows() {}

    /**
     * The value as it was before it was put in columns.
     *
     * @throws EvidenceException if columns differ in length, or hold what they cannot
     */
    static JsonElement of(JsonElement packed) throws EvidenceException {
        return new Rows().value(packed);
    }

    private JsonElement value(JsonElement packed) throws EvidenceException {
        if (packed instanceof JsonArray array) {
            JsonArray values = new JsonArray(array.size());
            for (JsonElement element : array) {
                values.add(value(element));
            }
            return values;
        }
        if (packed instanceof JsonObject object) {
            if (object.get(Columns.ROWS) instanceof JsonObject) {
                JsonArray values = new JsonArray();
                column(object).forEach(values::add);
                return values;
            }
            JsonObject members = new JsonObject();
            for (Map.Entry<String, JsonElement> member : object.entrySet()) {
                members.add(member.getKey(), value(member.getValue()));
            }
            return members;
        }
        return packed;
    }

    private List<JsonElement> column(JsonElement packed) throws EvidenceException {
        if (packed instanceof JsonArray array) {
            List<JsonElement> column = new ArrayList<>(array.size());
            for (JsonElement element : array) {
                column.add(value(element));
            }
            return column;
        }
        if (packed instanceof JsonObject object) {
            if (object.get(Columns.ROWS) instanceof JsonObject columns) {
                return rows(columns, object.get(Columns.NULLS));
            }
            if (object.get(Columns.REPEATED) instanceof JsonArray repeated) {
                return repeated(repeated);
            }
            if (object.get(Columns.NUMBERS) instanceof JsonArray numbers) {
                return numbers(numbers);
            }
            if (object.get(Columns.ADDRESSES) instanceof JsonArray addresses) {
                return addresses(addresses);
            }
        }
        throw wrong("a column is neither a list nor one of the short forms");
    }

    private List<JsonElement> rows(JsonObject packed, @Nullable JsonElement nulls) throws EvidenceException {
        List<String> names = new ArrayList<>(packed.keySet());
        List<List<JsonElement>> columns = new ArrayList<>(names.size());
        for (JsonElement column : packed.asMap().values()) {
            columns.add(column(column));
        }
        if (columns.stream().mapToInt(List::size).distinct().count() != 1) {
            throw wrong("the columns " + names + " differ in length");
        }
        int count = columns.get(0).size();
        List<JsonElement> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            JsonObject row = new JsonObject();
            for (int column = 0; column < names.size(); column++) {
                row.add(names.get(column), columns.get(column).get(i));
            }
            rows.add(row);
        }
        return nulls instanceof JsonArray places ? withNulls(rows, places) : rows;
    }

    private static List<JsonElement> withNulls(List<JsonElement> rows, JsonArray places) throws EvidenceException {
        List<JsonElement> all = new ArrayList<>(rows.size() + places.size());
        int next = 0;
        for (JsonElement place : places) {
            long at = number(place);
            if (at < all.size() || at - all.size() > rows.size() - next) {
                throw wrong("there is no row " + at);
            }
            while (all.size() < at) {
                all.add(rows.get(next++));
            }
            all.add(JsonNull.INSTANCE);
        }
        all.addAll(rows.subList(next, rows.size()));
        return all;
    }

    private List<JsonElement> repeated(JsonArray runs) throws EvidenceException {
        List<JsonElement> column = new ArrayList<>();
        for (int i = 0; i < runs.size(); i += 2) {
            long count = i + 1 < runs.size() ? number(runs.get(i + 1)) : 0;
            if (count < 1 || count > MOST_VALUES - values || !isScalar(runs.get(i))) {
                throw wrong("a repetition is of " + count);
            }
            values += (int) count;
            for (long j = 0; j < count; j++) {
                column.add(runs.get(i));
            }
        }
        return column;
    }

    private static boolean isScalar(JsonElement value) {
        return value.isJsonPrimitive() || value.isJsonNull();
    }

    private static List<JsonElement> numbers(JsonArray differences) throws EvidenceException {
        List<JsonElement> column = new ArrayList<>(differences.size());
        long number = 0;
        for (JsonElement difference : differences) {
            number += number(difference);
            column.add(new JsonPrimitive(number));
        }
        return column;
    }

    private static List<JsonElement> addresses(JsonArray differences) throws EvidenceException {
        List<JsonElement> column = new ArrayList<>(differences.size());
        long address = 0;
        for (JsonElement difference : differences) {
            boolean isText = difference instanceof JsonPrimitive primitive && primitive.isString();
            String text = isText ? difference.getAsString() : "";
            boolean less = text.startsWith("-");
            if (!JsonNode.isHex(text, less ? 1 : 0)) {
                throw wrong("no difference of addresses: " + text);
            }
            long by = Long.parseUnsignedLong(text, less ? 1 : 0, text.length(), 16);
            address += less ? -by : by;
            column.add(new JsonPrimitive("0x" + Long.toHexString(address)));
        }
        return column;
    }

    private static long number(JsonElement value) throws EvidenceException {
        if (value instanceof JsonPrimitive primitive && primitive.isNumber()) {
            String digits = primitive.getAsString();
            if (JsonNode.isInteger(digits, MOST_DIGITS)) {
                return Long.parseLong(digits);
            }
        }
        throw wrong("expected a whole number");
    }

    private static EvidenceException wrong(String problem) {
        return new EvidenceException("packed evidence", problem + "; it was cut or edited");
    }
}
