package org.brkmap.procfs;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.brkmap.model.Mapping;
import org.brkmap.model.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Reads smaps and smaps_rollup (proc_pid_smaps(5)). Fields it does not know are passed over: kernels add some. Kilobytes become
 * bytes here. For one listing, in one thread.
 */
final class SmapsParser {
    private static final String[] FIELDS = {
        "Rss:",
        "Pss:",
        "Shared_Clean:",
        "Shared_Dirty:",
        "Private_Clean:",
        "Private_Dirty:",
        "Referenced:",
        "Anonymous:",
        "LazyFree:",
        "AnonHugePages:",
        "Swap:",
        "Locked:"
    };

    private static final long UNKNOWN = -1;

    private final Rows rows;
    private final MapsParser headers;
    private final long[] values = new long[FIELDS.length];

    private SmapsParser(InputStream in, String source) {
        rows = new Rows(in, source);
        headers = new MapsParser(rows, source);
    }

    /** The mappings of a listing, each with its usage. */
    static List<Mapping> parse(InputStream in, String source) throws IOException {
        return new SmapsParser(in, source).entries();
    }

    /** The one entry of smaps_rollup. */
    static Usage parseRollup(InputStream in, String source) throws IOException {
        SmapsParser parser = new SmapsParser(in, source);
        List<Mapping> entries = parser.entries();
        Usage usage = entries.size() == 1 ? entries.get(0).usage() : null;
        if (usage == null) {
            throw parser.rows.malformed("one entry, not " + entries.size());
        }
        return usage;
    }

    private List<Mapping> entries() throws IOException {
        List<Mapping> mappings = new ArrayList<>();
        Mapping mapping = null;
        while (rows.next()) {
            if (isHeader(rows.peek())) {
                if (mapping != null) {
                    mappings.add(mapping.withUsage(usage(mapping)));
                }
                mapping = headers.row();
                Arrays.fill(values, UNKNOWN);
            } else if (mapping == null) {
                throw rows.malformed("the row of a mapping");
            } else {
                field(mapping);
            }
        }
        if (mapping != null) {
            mappings.add(mapping.withUsage(usage(mapping)));
        }
        return Collections.unmodifiableList(mappings);
    }

    /** Fields begin with a capital letter; addresses are hexadecimal in lower case. */
    private static boolean isHeader(int first) {
        return (first >= '0' && first <= '9') || (first >= 'a' && first <= 'f');
    }

    private void field(Mapping mapping) throws ProcException {
        if (rows.skip("Size:")) {
            if (kilobytes() != mapping.size()) {
                throw rows.malformed("the size of " + mapping.range() + ", " + mapping.size() / 1024 + " kB");
            }
            return;
        }
        for (int i = 0; i < FIELDS.length; i++) {
            if (rows.skip(FIELDS[i])) {
                values[i] = kilobytes();
                return;
            }
        }
    }

    private long kilobytes() throws ProcException {
        rows.skipBlanks();
        long value = rows.decimal();
        if (!rows.skip(" kB") || !rows.atEnd()) {
            throw rows.malformed("' kB' and the end of the row");
        }
        return value * 1024;
    }

    private Usage usage(Mapping mapping) throws ProcException {
        if (values[0] == UNKNOWN) {
            throw rows.malformed("a field Rss before, in the entry of " + mapping.range());
        }
        return new Usage(
                values[0], known(1), known(2), known(3), known(4), known(5), known(6), known(7), known(8), known(9),
                known(10), known(11));
    }

    private @Nullable Long known(int field) {
        return values[field] == UNKNOWN ? null : Long.valueOf(values[field]);
    }
}
