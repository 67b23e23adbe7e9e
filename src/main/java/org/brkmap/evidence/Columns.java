package org.brkmap.evidence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes an array of objects that have the same members as one object of columns, where equal and nearly equal values stand
 * side by side, which is what deflate needs. {@link Rows} gives the objects back; docs/EVIDENCE.md states the form.
 */
final class Columns {
    static final String ROWS = "[]";
    static final String NULLS = "null";
    static final String SHARED = "=";
    static final String LENGTHS = "#";
    static final String REPEATED = "*";
    static final String NUMBERS = "+";
    static final String ADDRESSES = "0x";
    /** The integers that a reader in JavaScript adds without loss. */
    static final long EXACT = 1L << 53;

    private Columns() {}

    /** The value with each array of objects in columns. */
    static @Nullable Object of(@Nullable Object value) {
        if (value instanceof JsonMembers object) {
            JsonMembers members = new JsonMembers();
            for (int i = 0; i < object.size(); i++) {
                members.add(object.name(i), of(object.value(i)));
            }
            return members;
        }
        if (value instanceof List<?> array) {
            boolean rows = array.size() > 1 && array.get(0) instanceof JsonMembers;
            return rows ? column(array, true) : each(array);
        }
        return value;
    }

    private static List<@Nullable Object> each(List<?> values) {
        List<@Nullable Object> each = new ArrayList<>(values.size());
        values.forEach(value -> each.add(of(value)));
        return each;
    }

    private static boolean isScalar(@Nullable Object value) {
        return !(value instanceof JsonMembers) && !(value instanceof List);
    }

    /** @param shares whether rows that are equal may be written once */
    private static Object column(List<?> values, boolean shares) {
        List<JsonMembers> some = new ArrayList<>(values.size());
        boolean scalars = true;
        boolean lists = true;
        for (Object value : values) {
            scalars &= isScalar(value);
            lists &= value instanceof List;
            if (value instanceof JsonMembers row) {
                some.add(row);
            }
        }
        if (scalars) {
            return values.size() < 3 ? each(values) : shortest(values);
        }
        if (lists) {
            return lists(values, shares);
        }
        long nulls = values.stream().filter(Objects::isNull).count();
        return some.size() + nulls == values.size() && alike(some) ? table(values, some, shares) : each(values);
    }

    /** Lists of the same sort of rows are one table, cut into lengths. */
    private static Object lists(List<?> lists, boolean shares) {
        List<JsonMembers> rows = new ArrayList<>();
        List<Object> lengths = new ArrayList<>(lists.size());
        for (Object list : lists) {
            for (Object row : (List<?>) list) {
                if (!(row instanceof JsonMembers members)) {
                    return each(lists);
                }
                rows.add(members);
            }
            lengths.add((long) ((List<?>) list).size());
        }
        if (rows.size() < 2 || !alike(rows)) {
            return each(lists);
        }
        JsonMembers table = table(rows, rows, shares);
        table.add(LENGTHS, column(lengths, false));
        return table;
    }

    /** Whether all have the same members in the same order. */
    private static boolean alike(List<JsonMembers> rows) {
        JsonMembers first = rows.get(0);
        return first.size() > 0 && rows.stream().allMatch(first::hasNamesOf);
    }

    private static JsonMembers table(List<?> values, List<JsonMembers> some, boolean mayShare) {
        Map<JsonMembers, Long> different = new LinkedHashMap<>();
        List<Object> places = new ArrayList<>(some.size());
        for (JsonMembers row : some) {
            Long known = different.putIfAbsent(row, (long) different.size());
            places.add(known == null ? different.size() - 1L : known);
        }
        boolean shares = mayShare
                && 2 * different.size() <= some.size()
                && different.keySet().stream().allMatch(JsonMembers::isFlat);
        JsonMembers table = new JsonMembers();
        table.add(ROWS, columns(shares ? List.copyOf(different.keySet()) : some, mayShare && !shares));
        if (shares) {
            table.add(SHARED, column(places, false));
        }
        if (some.size() < values.size()) {
            List<Object> nulls = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                if (values.get(i) == null) {
                    nulls.add((long) i);
                }
            }
            table.add(NULLS, nulls);
        }
        return table;
    }

    /** In rows that are shared nothing is: a few could stand for any number. */
    private static JsonMembers columns(List<JsonMembers> rows, boolean mayShare) {
        JsonMembers first = rows.get(0);
        JsonMembers columns = new JsonMembers();
        for (int i = 0; i < first.size(); i++) {
            List<@Nullable Object> column = new ArrayList<>(rows.size());
            for (JsonMembers row : rows) {
                column.add(row.value(i));
            }
            columns.add(first.name(i), column(column, mayShare));
        }
        return columns;
    }

    /** Scalars as they are, as what is repeated how often, or as differences: whichever is shorter. */
    private static Object shortest(List<?> values) {
        List<@Nullable Object> repeated = repeated(values);
        Object best = values;
        int length = length(values);
        List<JsonMembers> others = new ArrayList<>();
        others.add(named(REPEATED, repeated));
        if (repeated.size() > 2) {
            List<Object> numbers = numbers(values);
            List<Object> addresses = addresses(values);
            if (!numbers.isEmpty()) {
                others.add(named(NUMBERS, numbers));
            }
            if (!addresses.isEmpty()) {
                others.add(named(ADDRESSES, addresses));
            }
        }
        for (JsonMembers other : others) {
            int its = 6 + length((List<?>) Objects.requireNonNull(other.value(0)));
            if (its < length) {
                best = other;
                length = its;
            }
        }
        return best;
    }

    private static JsonMembers named(String name, List<?> values) {
        JsonMembers object = new JsonMembers();
        object.add(name, values);
        return object;
    }

    private static int length(List<?> scalars) {
        int length = 1;
        for (Object value : scalars) {
            length += 1
                    + (value instanceof String text
                            ? text.length() + 2
                            : String.valueOf(value).length());
        }
        return length;
    }

    private static List<@Nullable Object> repeated(List<?> values) {
        List<@Nullable Object> runs = new ArrayList<>();
        long count = 0;
        for (int i = 0; i < values.size(); i++) {
            count++;
            if (i + 1 == values.size() || !Objects.equals(values.get(i), values.get(i + 1))) {
                runs.add(values.get(i));
                runs.add(count);
                count = 0;
            }
        }
        return runs;
    }

    /** The first number and what each is more than the one before; empty if they are not whole and exact. */
    private static List<Object> numbers(List<?> values) {
        List<Object> differences = new ArrayList<>(values.size());
        long before = 0;
        for (Object value : values) {
            if (!(value instanceof Long number) || Math.abs(number) >= EXACT) {
                return List.of();
            }
            differences.add(number - before);
            before = number;
        }
        return differences;
    }

    /** The first address and what each is more than the one before, in hexadecimal digits; empty if one is something else. */
    private static List<Object> addresses(List<?> values) {
        List<Object> differences = new ArrayList<>(values.size());
        long before = 0;
        for (Object value : values) {
            if (!(value instanceof String text) || !text.startsWith("0x") || !JsonNode.isHex(text, 2)) {
                return List.of();
            }
            long address = Long.parseUnsignedLong(text, 2, text.length(), 16);
            boolean less = Long.compareUnsigned(address, before) < 0;
            differences.add((less ? "-" : "") + Long.toHexString(less ? before - address : address - before));
            before = address;
        }
        return differences;
    }
}
