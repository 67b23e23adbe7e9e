package org.brkmap.procfs;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
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
    /** Kilobytes whose value in bytes is one object for all: without them, objects of equal numbers are half of what is made. */
    private static final Long[] FEW = new Long[1024];

    static {
        for (int kilobytes = 0; kilobytes < FEW.length; kilobytes++) {
            FEW[kilobytes] = kilobytes * 1024L;
        }
    }

    private final Rows rows;
    private final MapsParser headers;
    private final SmapsFields fields;

    private SmapsParser(InputStream in, String source) {
        rows = new Rows(in, source);
        headers = new MapsParser(rows, source);
        fields = new SmapsFields(rows);
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
        boolean within = false;
        while (rows.next()) {
            if (isHeader(rows.peek())) {
                if (within) {
                    mappings.add(headers.mapping(usage()));
                }
                headers.row();
                fields.begin(headers.range());
                within = true;
            } else if (within) {
                fields.rows();
            } else {
                throw rows.malformed("the row of a mapping");
            }
        }
        if (within) {
            mappings.add(headers.mapping(usage()));
        }
        return Collections.unmodifiableList(mappings);
    }

    /** Fields begin with a capital letter; addresses are hexadecimal in lower case. */
    private static boolean isHeader(int first) {
        return (first >= '0' && first <= '9') || (first >= 'a' && first <= 'f');
    }

    private Usage usage() throws ProcException {
        long resident = fields.kilobytes(0);
        if (resident == SmapsFields.UNKNOWN) {
            throw rows.malformed("a field Rss before, in the entry of " + headers.range());
        }
        return new Usage(
                resident * 1024,
                known(1),
                known(2),
                known(3),
                known(4),
                known(5),
                known(6),
                known(7),
                known(8),
                known(9),
                known(10),
                known(11));
    }

    private @Nullable Long known(int field) {
        long kilobytes = fields.kilobytes(field);
        if (kilobytes == SmapsFields.UNKNOWN) {
            return null;
        }
        return kilobytes >= 0 && kilobytes < FEW.length ? FEW[(int) kilobytes] : Long.valueOf(kilobytes * 1024);
    }
}
