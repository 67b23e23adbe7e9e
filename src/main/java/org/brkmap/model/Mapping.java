package org.brkmap.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of an address space: a VMA as one row of maps shows it. Immutable.
 *
 * @param role {@link Role#UNKNOWN} until the analysis has classified it
 * @param usage what smaps says of it, or null where that was not read or could not be
 * @param pages the states of its pages from low to high as runs, or null where that was not read or could not be
 */
public record Mapping(
        AddressRange range,
        Permissions permissions,
        Backing backing,
        Role role,
        @Nullable Usage usage,
        @Nullable List<PageRun> pages) {

    public Mapping {
        pages = pages == null ? null : List.copyOf(pages);
    }

    /** A mapping as maps alone tells of it. */
    public static Mapping of(AddressRange range, Permissions permissions, Backing backing) {
        return new Mapping(range, permissions, backing, Role.UNKNOWN, null, null);
    }

    public Mapping withRole(Role newRole) {
        return newRole == role ? this : new Mapping(range, permissions, backing, newRole, usage, pages);
    }

    public Mapping withUsage(@Nullable Usage newUsage) {
        return new Mapping(range, permissions, backing, role, newUsage, pages);
    }

    public Mapping withPages(@Nullable List<PageRun> newPages) {
        return new Mapping(range, permissions, backing, role, usage, newPages);
    }

    /** Size in bytes. */
    public long size() {
        return range.length();
    }
}
