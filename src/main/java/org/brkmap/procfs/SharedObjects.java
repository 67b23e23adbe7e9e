package org.brkmap.procfs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The tables in {@code /proc/sysvipc}: a head line that names the columns, and a line for each object (proc(5)). */
final class SharedObjects {
    private SharedObjects() {}

    /** The ids of those that a user has made or owns. */
    static List<Long> parse(String table, int user) throws IOException {
        List<Long> ids = new ArrayList<>();
        List<String> head = null;
        for (String line : table.lines().toList()) {
            List<String> cells = List.of(line.strip().split("\\s+"));
            if (head == null) {
                head = cells;
                continue;
            }
            try {
                long owner = Long.parseLong(cells.get(head.indexOf("uid")));
                long maker = Long.parseLong(cells.get(head.indexOf("cuid")));
                if (owner == user || maker == user) {
                    ids.add(Long.parseLong(cells.get(1)));
                }
            } catch (NumberFormatException | IndexOutOfBoundsException e) {
                throw new IOException("/proc/sysvipc: \"" + line + "\" is not understood", e);
            }
        }
        return ids;
    }
}
