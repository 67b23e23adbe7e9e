package org.brkmap.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One difference between two snapshots of a process, found by comparing intervals. Immutable.
 *
 * @param from id of the earlier snapshot
 * @param to id of the later one
 * @param range the addresses that differ: what was added, removed, gained or lost
 * @param at the place in symbols that hold under ASLR, such as {@code heap+0x21000}
 * @param bytes signed difference in bytes of address space; for RESIDENCY of resident memory
 * @param before the whole region before, or null if there was none
 * @param after the whole region after, or null if there is none
 * @param causedBy the numbers of the events that caused it, in order
 */
public record Change(
        int from,
        int to,
        ChangeKind kind,
        Role role,
        AddressRange range,
        String at,
        long bytes,
        @Nullable Mapping before,
        @Nullable Mapping after,
        CauseKind cause,
        List<Long> causedBy) {

    public Change {
        causedBy = List.copyOf(causedBy);
    }

    public Change withCause(CauseKind newCause) {
        return new Change(from, to, kind, role, range, at, bytes, before, after, newCause, causedBy);
    }
}
