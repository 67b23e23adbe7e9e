package org.brkmap.evidence;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link Columns} wrote, and refuses what it cannot have written. Not thread-safe. */
final class Rows {
    /** A small text could ask for any number of repetitions. */
    private static final int MOST_VALUES = 4_000_000;

    /** A number of more than 17 digits is none that JavaScript adds without loss. */
    private static final long BEYOND = 100_000_000_000_000_000L;

    private int values;
    private boolean sharing;

    private Rows() {}

    /**
     * The value as it was before it was put in columns.
     *
     * @throws EvidenceException if columns differ in length, or hold what they cannot
     */
    static @Nullable Object of(@Nullable Object packed) throws EvidenceException {
        return new Rows().value(packed);
    }

    private @Nullable Object value(@Nullable Object packed) throws EvidenceException {
        if (packed instanceof List<?> array) {
            return each(array);
        }
        if (packed instanceof JsonMembers object) {
            if (object.get(Columns.ROWS) instanceof JsonMembers) {
                return column(object);
            }
            JsonMembers members = new JsonMembers();
            for (int i = 0; i < object.size(); i++) {
                members.add(object.name(i), value(object.value(i)));
            }
            return members;
        }
        return packed;
    }

    private List<@Nullable Object> each(List<?> packed) throws EvidenceException {
        List<@Nullable Object> each = new ArrayList<>(packed.size());
        for (Object element : packed) {
            Object value = value(element);
            if (sharing && (value instanceof List || (value instanceof JsonMembers members && !members.isFlat()))) {
                throw wrong("a row that is shared holds a list");
            }
            each.add(value);
        }
        return each;
    }

    private List<@Nullable Object> column(@Nullable Object packed) throws EvidenceException {
        if (packed instanceof List<?> array) {
            return each(array);
        }
        if (packed instanceof JsonMembers object) {
            if (object.get(Columns.ROWS) instanceof JsonMembers columns) {
                return table(columns, object);
            }
            if (object.get(Columns.REPEATED) instanceof List<?> repeated) {
                return repeated(repeated);
            }
            if (object.get(Columns.NUMBERS) instanceof List<?> numbers) {
                return numbers(numbers);
            }
            if (object.get(Columns.ADDRESSES) instanceof List<?> addresses) {
                return addresses(addresses);
            }
        }
        throw wrong("a column is neither a list nor one of the short forms");
    }

    private List<@Nullable Object> table(JsonMembers columns, JsonMembers table) throws EvidenceException {
        Object places = table.get(Columns.SHARED);
        List<@Nullable Object> rows = places == null ? rows(columns) : shared(columns, column(places));
        if (table.get(Columns.NULLS) instanceof List<?> nulls) {
            rows = withNulls(rows, nulls);
        }
        Object lengths = table.get(Columns.LENGTHS);
        if (sharing && lengths != null) {
            throw wrong("a row that is shared holds a list");
        }
        return lengths == null ? rows : cut(rows, column(lengths));
    }

    /** Rows by their places among those that differ. */
    private List<@Nullable Object> shared(JsonMembers columns, List<?> places) throws EvidenceException {
        if (sharing || places.size() > MOST_VALUES - values) {
            throw wrong("what is shared is too much");
        }
        values += places.size();
        sharing = true;
        List<@Nullable Object> different = rows(columns);
        sharing = false;
        List<@Nullable Object> rows = new ArrayList<>(places.size());
        for (Object place : places) {
            long at = number(place);
            if (at < 0 || at >= different.size()) {
                throw wrong("there is no row " + at);
            }
            rows.add(different.get((int) at));
        }
        return rows;
    }

    private static List<@Nullable Object> cut(List<@Nullable Object> rows, List<?> lengths) throws EvidenceException {
        List<@Nullable Object> lists = new ArrayList<>(lengths.size());
        int from = 0;
        for (Object each : lengths) {
            long length = number(each);
            if (length < 0 || length > rows.size() - from) {
                throw wrong("there is no list of " + length);
            }
            lists.add(rows.subList(from, from + (int) length));
            from += (int) length;
        }
        if (from < rows.size()) {
            throw wrong("the lists are shorter than their table");
        }
        return lists;
    }

    private List<@Nullable Object> rows(JsonMembers packed) throws EvidenceException {
        String[] names = packed.names();
        List<List<@Nullable Object>> columns = new ArrayList<>(names.length);
        for (int i = 0; i < names.length; i++) {
            columns.add(column(packed.value(i)));
        }
        if (columns.stream().mapToInt(List::size).distinct().count() != 1) {
            throw wrong("the columns " + List.of(names) + " differ in length");
        }
        int count = columns.get(0).size();
        List<@Nullable Object> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            @Nullable Object[] row = new Object[names.length];
            for (int column = 0; column < names.length; column++) {
                row[column] = columns.get(column).get(i);
            }
            rows.add(JsonMembers.row(names, row));
        }
        return rows;
    }

    private static List<@Nullable Object> withNulls(List<@Nullable Object> rows, List<?> places)
            throws EvidenceException {
        List<@Nullable Object> all = new ArrayList<>(rows.size() + places.size());
        int next = 0;
        for (Object place : places) {
            long at = number(place);
            if (at < all.size() || at - all.size() > rows.size() - next) {
                throw wrong("there is no row " + at);
            }
            while (all.size() < at) {
                all.add(rows.get(next++));
            }
            all.add(null);
        }
        all.addAll(rows.subList(next, rows.size()));
        return all;
    }

    private List<@Nullable Object> repeated(List<?> runs) throws EvidenceException {
        List<@Nullable Object> column = new ArrayList<>(4 * runs.size());
        for (int i = 0; i < runs.size(); i += 2) {
            Object value = runs.get(i);
            long count = i + 1 < runs.size() ? number(runs.get(i + 1)) : 0;
            if (count < 1 || count > MOST_VALUES - values || value instanceof List || value instanceof JsonMembers) {
                throw wrong("a repetition is of " + count);
            }
            values += (int) count;
            for (long j = 0; j < count; j++) {
                column.add(value);
            }
        }
        return column;
    }

    private static List<@Nullable Object> numbers(List<?> differences) throws EvidenceException {
        List<@Nullable Object> column = new ArrayList<>(differences.size());
        long number = 0;
        for (Object difference : differences) {
            number += number(difference);
            column.add(number);
        }
        return column;
    }

    private static List<@Nullable Object> addresses(List<?> differences) throws EvidenceException {
        List<@Nullable Object> column = new ArrayList<>(differences.size());
        long address = 0;
        for (Object difference : differences) {
            String text = difference instanceof String digits ? digits : "";
            boolean less = text.startsWith("-");
            if (!JsonNode.isHex(text, less ? 1 : 0)) {
                throw wrong("no difference of addresses: " + text);
            }
            long by = JsonHex.parse(text, less ? 1 : 0);
            address += less ? -by : by;
            column.add(new JsonHex(address));
        }
        return column;
    }

    private static long number(@Nullable Object value) throws EvidenceException {
        if (value instanceof Long number && number > -BEYOND && number < BEYOND) {
            return number;
        }
        throw wrong("expected a whole number");
    }

    private static EvidenceException wrong(String problem) {
        return new EvidenceException("packed evidence", problem + "; it was cut or edited");
    }
}
