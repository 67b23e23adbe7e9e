package org.brkmap.check;

import java.util.List;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;
import org.brkmap.model.Permissions;
import org.brkmap.model.Role;
import org.brkmap.model.Usage;

/** Assertions over one region: one mapping of a snapshot. Sizes are bytes. */
public final class RegionAssert extends MemoryAssert<RegionAssert, Mapping> {
    RegionAssert(Mapping actual) {
        super(actual, RegionAssert.class);
    }

    public RegionAssert hasRole(Role role) {
        isNotNull();
        return check(actual.role() == role, "role", role.title(), actual.role().title());
    }

    public RegionAssert hasSize(long bytes) {
        isNotNull();
        return check(actual.size() == bytes, "size", Wording.bytes(bytes), Wording.bytes(actual.size()));
    }

    public RegionAssert hasSizeAtLeast(long bytes) {
        isNotNull();
        return check(actual.size() >= bytes, "size", "at least " + Wording.bytes(bytes), Wording.bytes(actual.size()));
    }

    /** The permissions are these, spelled as maps prints them: {@code rw-p}. */
    public RegionAssert hasPermissions(String permissions) {
        isNotNull();
        Permissions wanted = Permissions.parse(permissions);
        return check(
                actual.permissions().equals(wanted),
                "permissions",
                wanted.toString(),
                actual.permissions().toString());
    }

    public RegionAssert holds(long address) {
        isNotNull();
        return check(
                actual.range().contains(address),
                "range",
                "holds " + AddressRange.hex(address),
                actual.range().toString());
    }

    /** So much of it is in memory, by smaps; fails also where that was not read. */
    public RegionAssert hasResident(long bytes) {
        isNotNull();
        Usage usage = actual.usage();
        return check(
                usage != null && usage.rss() == bytes,
                "resident memory",
                Wording.bytes(bytes),
                usage == null ? "n/a" : Wording.bytes(usage.rss()));
    }

    /** At least so much of it is in memory, by smaps; fails also where that was not read. */
    public RegionAssert hasResidentAtLeast(long bytes) {
        isNotNull();
        Usage usage = actual.usage();
        return check(
                usage != null && usage.rss() >= bytes,
                "resident memory",
                "at least " + Wording.bytes(bytes),
                usage == null ? "n/a" : Wording.bytes(usage.rss()));
    }

    private RegionAssert check(boolean holds, String what, String expected, String found) {
        if (!holds) {
            throw failure(Failure.of("the region should have another " + what, expected, found)
                    .showing(RegionDiff.expected(expected, List.of(actual))));
        }
        return this;
    }
}
