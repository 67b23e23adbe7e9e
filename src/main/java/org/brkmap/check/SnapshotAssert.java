package org.brkmap.check;

import java.util.ArrayList;
import java.util.List;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;

/** Assertions over an address space at one moment. Sizes are bytes. */
public final class SnapshotAssert extends MemoryAssert<SnapshotAssert, Snapshot> {
    SnapshotAssert(Snapshot actual) {
        super(actual, SnapshotAssert.class);
    }

    public SnapshotAssert hasHeap() {
        return has(Role.HEAP);
    }

    public SnapshotAssert hasNoHeap() {
        return hasNo(Role.HEAP);
    }

    /** At least one region has the role. */
    public SnapshotAssert has(Role role) {
        if (regions(role).isEmpty()) {
            throw absent(role);
        }
        return this;
    }

    /** No region has the role. */
    public SnapshotAssert hasNo(Role role) {
        List<Mapping> found = regions(role);
        if (!found.isEmpty()) {
            throw failure(Failure.of(
                            "there should be no " + role.title() + " at " + place(),
                            "no " + role.title(),
                            Wording.bytes(sum(found)) + " of " + role.title())
                    .showing(RegionDiff.unexpected(found)));
        }
        return this;
    }

    /** The regions with this role have this size in all, however many rows show them. */
    public SnapshotAssert hasBytes(Role role, long bytes) {
        List<Mapping> found = regions(role);
        if (sum(found) != bytes) {
            throw failure(Failure.of(
                            role.title() + " should have another size at " + place(),
                            Wording.bytes(bytes),
                            Wording.bytes(sum(found)))
                    .showing(RegionDiff.expected(Wording.bytes(bytes), found)));
        }
        return this;
    }

    /** The address space has this size, as VmSize counts it. */
    public SnapshotAssert hasVirtualSize(long bytes) {
        isNotNull();
        long virtual = actual.totals().virtual();
        if (virtual != bytes) {
            throw failure(Failure.of(
                    "the address space should have another size at " + place(),
                    Wording.bytes(bytes),
                    Wording.bytes(virtual)));
        }
        return this;
    }

    /** The first region with this role, from low addresses to high. */
    public RegionAssert regionWithRole(Role role) {
        return lead(new RegionAssert(regions(role).stream().findFirst().orElseThrow(() -> absent(role))));
    }

    /** The region that holds the address. */
    public RegionAssert regionHolding(long address) {
        isNotNull();
        return lead(new RegionAssert(actual.mappingAt(address)
                .orElseThrow(() -> failure(Failure.of(
                        "the address should be mapped at " + place(),
                        "a region that holds " + AddressRange.hex(address),
                        "nothing is mapped there")))));
    }

    /** Every byte of the range is mapped, by however many rows. */
    public SnapshotAssert covers(AddressRange range) {
        List<Mapping> found = overlapping(range);
        long covered = covered(found, range);
        if (covered != range.length()) {
            throw failure(Failure.of(
                            "all of " + range + " should be mapped at " + place(),
                            Wording.bytes(range.length()) + " mapped",
                            Wording.bytes(covered) + " mapped")
                    .showing(RegionDiff.expected(range.toString(), found)));
        }
        return this;
    }

    /** No byte of the range is mapped. */
    public SnapshotAssert doesNotCover(AddressRange range) {
        List<Mapping> found = overlapping(range);
        if (!found.isEmpty()) {
            throw failure(Failure.of(
                            "nothing of " + range + " should be mapped at " + place(),
                            "0 bytes mapped",
                            Wording.bytes(covered(found, range)) + " mapped")
                    .showing(RegionDiff.unexpected(found)));
        }
        return this;
    }

    /** The role of every region was found. */
    public SnapshotAssert hasOnlyExplainedMappings() {
        List<Mapping> unknown = new ArrayList<>(regions(Role.UNKNOWN));
        unknown.addAll(regions(Role.OTHER));
        if (!unknown.isEmpty()) {
            throw failure(Failure.of(
                            "every region should have a known role at " + place(),
                            "0 regions without a role",
                            Wording.count(unknown.size(), "region", "regions") + " without a role")
                    .showing(RegionDiff.unexpected(unknown)));
        }
        return this;
    }

    private AssertionError absent(Role role) {
        return failure(
                Failure.of("there should be " + role.title() + " at " + place(), role.title(), "no " + role.title())
                        .showing(RegionDiff.expected(role.title(), List.of())));
    }

    private List<Mapping> regions(Role role) {
        isNotNull();
        return actual.mappings().stream()
                .filter(mapping -> mapping.role() == role)
                .toList();
    }

    private List<Mapping> overlapping(AddressRange range) {
        isNotNull();
        return actual.mappings().stream()
                .filter(mapping -> mapping.range().overlaps(range))
                .toList();
    }

    private static long covered(List<Mapping> mappings, AddressRange range) {
        return mappings.stream()
                .flatMap(mapping -> mapping.range().intersection(range).stream())
                .mapToLong(AddressRange::length)
                .sum();
    }

    private static long sum(List<Mapping> mappings) {
        return mappings.stream().mapToLong(Mapping::size).sum();
    }

    private String place() {
        return '"' + Wording.printable(actual.label()) + '"';
    }
}
