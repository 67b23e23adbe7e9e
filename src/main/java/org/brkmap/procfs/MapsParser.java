package org.brkmap.procfs;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Backing;
import org.brkmap.model.Mapping;
import org.brkmap.model.Permissions;
import org.brkmap.model.Role;
import org.brkmap.model.Usage;
import org.brkmap.procfs.ProcException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of maps (proc_pid_maps(5)): bytes in, records out, and nothing else made on the way. Names are kept as the kernel
 * printed them, with blanks, tabs and {@code \012}. For one listing, in one thread.
 */
final class MapsParser {
    /** Where a 64-bit kernel puts the name, if the fields before it leave room: fs/proc/task_mmu.c. */
    private static final int NAME_COLUMN = 73;

    private static final byte[] ALLOWED = {'r', 'w', 'x', 's'};
    private static final byte[] REFUSED = {'-', '-', '-', 'p'};
    private static final Permissions[] PERMISSIONS = new Permissions[16];

    static {
        for (int bits = 0; bits < PERMISSIONS.length; bits++) {
            PERMISSIONS[bits] = new Permissions((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0);
        }
    }

    private final Rows rows;
    private final String source;
    private final Names names = new Names();
    private long lastEnd;
    private AddressRange range = new AddressRange(0, 0);
    private Permissions permissions = PERMISSIONS[0];
    private Backing backing = Backing.ANONYMOUS;

    MapsParser(Rows rows, String source) {
        this.rows = rows;
        this.source = source;
    }

    /**
     * Reads a whole listing.
     *
     * @param source what the text is, for messages
     */
    static List<Mapping> parse(InputStream in, String source) throws IOException {
        Rows rows = new Rows(in, source);
        MapsParser parser = new MapsParser(rows, source);
        List<Mapping> mappings = new ArrayList<>();
        while (rows.next()) {
            parser.row();
            mappings.add(parser.mapping(null));
        }
        return Collections.unmodifiableList(mappings);
    }

    /** The range of the row that was read last. */
    AddressRange range() {
        return range;
    }

    /** The mapping of the row that was read last. */
    Mapping mapping(@Nullable Usage usage) {
        return new Mapping(range, permissions, backing, Role.UNKNOWN, usage, null);
    }

    /** Reads the current row. */
    void row() throws ProcException {
        long start = rows.hex();
        rows.expect('-');
        long end = rows.hex();
        if (Long.compareUnsigned(end, start) <= 0) {
            throw rows.malformed("an end above the start");
        }
        if (Long.compareUnsigned(start, lastEnd) < 0) {
            throw new ProcException(
                    Kind.RACED,
                    "the mapping " + new AddressRange(start, end) + " in " + source + " begins before "
                            + AddressRange.hex(lastEnd) + ", where the one before it ends: the process changed while it"
                            + " was read. Stop it first, or read again.");
        }
        lastEnd = end;
        rows.expect(' ');
        permissions = PERMISSIONS[rows.flags(ALLOWED, REFUSED)];
        rows.expect(' ');
        long offset = rows.hex();
        rows.expect(' ');
        int major = device();
        rows.expect(':');
        int minor = device();
        rows.expect(' ');
        long inode = rows.decimal();
        String name = name();
        boolean plain = name.isEmpty() && inode == 0 && offset == 0 && major == 0 && minor == 0;
        backing = plain ? Backing.ANONYMOUS : new Backing(major, minor, inode, offset, name);
        range = new AddressRange(start, end);
    }

    private int device() throws ProcException {
        long number = rows.hex();
        if (number >>> 32 != 0) {
            throw rows.malformed("a device number of at most 32 bits");
        }
        return (int) number;
    }

    /** The name begins at its column or, past that, two blanks after the inode: what follows is its own, blanks too. */
    private String name() throws ProcException {
        if (rows.atEnd()) {
            return "";
        }
        int column = Math.max(NAME_COLUMN, rows.column() + 2);
        rows.expect(' ');
        rows.skipBlanks();
        if (rows.column() > column) {
            rows.seek(column);
        }
        return rows.rest(names);
    }
}
