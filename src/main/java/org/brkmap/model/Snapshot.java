package org.brkmap.model;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One process's address space, read while every thread of it stood still. Immutable.
 *
 * @param id number among the run's snapshots, from 0
 * @param moment snapshots of several processes taken at the same instant share it
 * @param label what the program had last printed, or the moment's name ({@code exec}, {@code exit})
 * @param eventsBefore how many memory events of the run had ended: the events between two snapshots are those from the first's
 *     count up to the second's
 * @param mappings in order of address
 * @param layout where the kernel put the parts, or null where that could not be read
 * @param allocations the probe's counts, or null without a probe
 */
public record Snapshot(
        int id,
        int moment,
        CheckpointKind kind,
        String label,
        long eventsBefore,
        int pid,
        List<ThreadState> threads,
        List<Mapping> mappings,
        @Nullable ProcessLayout layout,
        @Nullable AllocatorCounts allocations) {

    public Snapshot {
        threads = List.copyOf(threads);
        mappings = List.copyOf(mappings);
    }

    public Snapshot withMappings(List<Mapping> newMappings) {
        return new Snapshot(id, moment, kind, label, eventsBefore, pid, threads, newMappings, layout, allocations);
    }

    public Snapshot withLayout(@Nullable ProcessLayout newLayout) {
        return new Snapshot(id, moment, kind, label, eventsBefore, pid, threads, mappings, newLayout, allocations);
    }

    /** The mapping that holds the address. */
    public Optional<Mapping> mappingAt(long address) {
        return mappings.stream()
                .filter(mapping -> mapping.range().contains(address))
                .findFirst();
    }

    public Totals totals() {
        return Totals.of(mappings);
    }
}
