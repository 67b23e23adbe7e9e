package org.brkmap.evidence;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object, in the order in which they stand. A document has very many, mostly rows of one table, which share
 * their names; so they are two arrays, and no map. Values are null, strings, booleans, {@link Long}, {@link JsonNumber}, lists, and
 * members again. Not thread-safe.
 */
final class JsonMembers {
    /** So many names are sooner compared than hashed. */
    private static final int COMPARED = 16;

    private String[] names;
    private @Nullable Object[] values;
    private int size;
    private @Nullable Map<String, Integer> places;

    JsonMembers() {
        this(new String[COMPARED], new Object[COMPARED], 0);
    }

    private JsonMembers(String[] names, @Nullable Object[] values, int size) {
        this.names = names;
        this.values = values;
        this.size = size;
    }

    /** A row of a table; neither array is copied, and nothing may be added. */
    static JsonMembers row(String[] names, @Nullable Object[] values) {
        return new JsonMembers(names, values, names.length);
    }

    int size() {
        return size;
    }

    String name(int place) {
        return names[place];
    }

    @Nullable Object value(int place) {
        return values[place];
    }

    /** The value of that name; null also where there is none. */
    @Nullable Object get(String name) {
        int place = placeOf(name);
        return place < 0 ? null : values[place];
    }

    /** Where the member of that name stands, or -1. */
    int placeOf(String name) {
        if (size > COMPARED) {
            return hashed().getOrDefault(name, -1);
        }
        for (int place = 0; place < size; place++) {
            if (names[place].equals(name)) {
                return place;
            }
        }
        return -1;
    }

    private Map<String, Integer> hashed() {
        Map<String, Integer> map = places;
        if (map == null) {
            map = new HashMap<>();
            for (int place = 0; place < size; place++) {
                map.put(names[place], place);
            }
            places = map;
        }
        return map;
    }

    void add(String name, @Nullable Object value) {
        if (size == names.length) {
            names = Arrays.copyOf(names, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        names[size] = name;
        values[size] = value;
        if (places != null) {
            places.put(name, size);
        }
        size++;
    }

    /** Whether the other has the same names in the same order. */
    boolean hasNamesOf(JsonMembers other) {
        return size == other.size && (names == other.names || Arrays.equals(names, 0, size, other.names, 0, size));
    }

    String[] names() {
        return Arrays.copyOf(names, size);
    }
}
