package org.brkmap.evidence;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object, in the order in which they stand. A document has very many, mostly rows of one table, which share
 * their names; so they are two arrays, and no map. Values are null, strings, {@link JsonHex}, booleans, {@link Long},
 * {@link JsonNumber}, lists, and members again. Not thread-safe.
 */
final class JsonMembers {
    /** So many names are sooner compared than hashed. */
    private static final int COMPARED = 16;

    private String[] names;
    private @Nullable Object[] values;
    private int size;
    private @Nullable Map<String, Integer> places;
    private @Nullable Object read;

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

    /** Whether all values are scalars, or members that are so. */
    boolean isFlat() {
        for (int place = 0; place < size; place++) {
            Object value = values[place];
            if (value instanceof List || (value instanceof JsonMembers members && !members.isFlat())) {
                return false;
            }
        }
        return true;
    }

    /** What these members were read as before, if it was that; rows that are shared need to be read but once. */
    <T> @Nullable T readAs(Class<T> kind) {
        return kind.isInstance(read) ? kind.cast(read) : null;
    }

    void keepRead(Object as) {
        read = as;
    }

    /** The same names and values in the same order. */
    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof JsonMembers other
                && hasNamesOf(other)
                && Arrays.equals(values, 0, size, other.values, 0, size);
    }

    @Override
    public int hashCode() {
        int hash = size;
        for (int place = 0; place < size; place++) {
            hash = 31 * hash + Objects.hashCode(values[place]);
        }
        return hash;
    }

    String[] names() {
        return Arrays.copyOf(names, size);
    }
}
