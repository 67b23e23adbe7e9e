package org.brkmap.analyse;

import java.util.ArrayList;
import java.util.List;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Backing;
import org.brkmap.model.Mapping;
import org.brkmap.model.Permissions;
import org.brkmap.model.Role;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a replayed address space, with what is remembered of it beyond its row of maps. Immutable.
 *
 * @param tag a role that only history tells (a thread's stack, an arena, the probe), or null
 * @param growsDown whether the kernel extends it downwards when it is touched below
 * @param inherited whether fork copies it (madvise(2), MADV_DONTFORK)
 * @param creator number of the event that made it, or null if it was there at the first snapshot
 * @param history numbers of the events that shaped it since the last snapshot, in order
 */
record Area(
        AddressRange range,
        Permissions permissions,
        Backing backing,
        @Nullable Role tag,
        boolean growsDown,
        boolean inherited,
        @Nullable Long creator,
        List<Long> history) {

    /** The name of a file mapping whose descriptor was not resolved: it compares equal to any file. */
    static final String UNKNOWN_FILE = "//unknown";

    static Area of(AddressRange range, Permissions permissions, Backing backing) {
        return new Area(range, permissions, backing, null, false, true, null, List.of());
    }

    static Area of(Mapping mapping) {
        return of(mapping.range(), mapping.permissions(), mapping.backing());
    }

    /** The part of this area that lies in {@code part}; the offset in its file moves along. */
    Area slice(AddressRange part) {
        return part.equals(range) ? this : at(part, offsetAt(part.start()));
    }

    /** The same area elsewhere, beginning at this byte of its file. */
    Area at(AddressRange place, long offset) {
        Backing moved = new Backing(backing.major(), backing.minor(), backing.inode(), offset, backing.name());
        return new Area(place, permissions, moved, tag, growsDown, inherited, creator, history);
    }

    private long offsetAt(long address) {
        return isAnonymous() ? backing.offset() : backing.offset() + (address - range.start());
    }

    /** Whether neither a file nor an object of shared memory lies behind it. */
    boolean isAnonymous() {
        return backing.inode() == 0 && !backing.isFile();
    }

    Area withPermissions(Permissions changed) {
        return new Area(range, changed, backing, tag, growsDown, inherited, creator, history);
    }

    Area withTag(@Nullable Role changed) {
        return new Area(range, permissions, backing, changed, growsDown, inherited, creator, history);
    }

    Area withGrowsDown(boolean changed) {
        return new Area(range, permissions, backing, tag, changed, inherited, creator, history);
    }

    Area withInherited(boolean changed) {
        return new Area(range, permissions, backing, tag, growsDown, changed, creator, history);
    }

    Area createdBy(long seq) {
        return new Area(range, permissions, backing, tag, growsDown, inherited, seq, List.of(seq));
    }

    Area shapedBy(long seq) {
        List<Long> longer = new ArrayList<>(history);
        longer.add(seq);
        return new Area(range, permissions, backing, tag, growsDown, inherited, creator, List.copyOf(longer));
    }

    /** As the snapshot just taken shows it, with the memory of what this area was for. */
    Area seenAs(Area row) {
        return new Area(row.range, row.permissions, row.backing, tag, growsDown, inherited, creator, List.of());
    }

    Mapping toMapping() {
        return Mapping.of(range, permissions, backing);
    }
}
