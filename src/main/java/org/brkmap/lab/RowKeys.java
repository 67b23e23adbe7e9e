package org.brkmap.lab;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;

/**
 * Names for the rows of a snapshot's map that hold in every run of the same program on the same machine, whatever its
 * addresses: {@code exe+0x2000} (the file of the program, and the offset), {@code libc.so.6+0x0}, {@code heap},
 * {@code stack}, {@code anon#1} (the first without a name, from low addresses to high). brkmap's own rows have none.
 * Immutable.
 */
public final class RowKeys {
    private final Map<String, Mapping> rows = new LinkedHashMap<>();

    private RowKeys() {}

    /** The rows of this snapshot; the file behind program rows is called exe. */
    public static RowKeys of(Snapshot snapshot) {
        RowKeys keys = new RowKeys();
        int anonymous = 0;
        for (Mapping row : snapshot.mappings()) {
            if (row.role() == Role.PROBE) {
                continue;
            }
            String name = row.backing().name();
            String key;
            if (name.startsWith("[") && name.endsWith("]")) {
                key = name.substring(1, name.length() - 1);
            } else if (name.isEmpty()) {
                anonymous++;
                key = "anon#" + anonymous;
            } else {
                String file = row.role().isProgram() ? "exe" : name.substring(name.lastIndexOf('/') + 1);
                key = file + "+0x" + Long.toHexString(row.backing().offset());
            }
            String unique = key;
            for (int again = 2; keys.rows.containsKey(unique); again++) {
                unique = key + "#" + again;
            }
            keys.rows.put(unique, row);
        }
        return keys;
    }

    /** Keys and rows from low addresses to high. */
    public Map<String, Mapping> rows() {
        return Collections.unmodifiableMap(rows);
    }

    /** The key of the row that holds the address; empty if none does, or a row of brkmap's. */
    public Optional<String> keyOf(long address) {
        return rows.entrySet().stream()
                .filter(row -> row.getValue().range().contains(address))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The map as a text to read: key, size and permissions of each row. */
    public String describe() {
        StringBuilder text = new StringBuilder();
        rows.forEach((key, row) -> text.append(
                String.format(Locale.ROOT, "%-36s %s %8d KiB%n", key, row.permissions(), row.size() / 1024)));
        return text.toString();
    }
}
