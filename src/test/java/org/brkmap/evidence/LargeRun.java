package org.brkmap.evidence;

import java.util.ArrayList;
import java.util.List;
import org.brkmap.analyse.Analysis;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Backing;
import org.brkmap.model.CauseKind;
import org.brkmap.model.Change;
import org.brkmap.model.ChangeKind;
import org.brkmap.model.Mapping;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Observation;
import org.brkmap.model.Origin;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;

/**
 * A process with as many mappings as wanted, made after sample-c/many_mappings: pages in pairs, readable and not, in an arena of
 * each hundred, and a mapped file between arenas. Half of the mappings come between its two snapshots, a call for each.
 */
public final class LargeRun {
    private static final long BOTTOM = 0x7f0000000000L;
    private static final int PAGE = ExampleRuns.PAGE;

    private LargeRun() {}

    public static Analysis of(int mappings) {
        Analysis small = ExampleRuns.heapGrows();
        Observation seen = small.observation();
        List<Mapping> first = new ArrayList<>();
        List<Mapping> added = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        List<MemoryEvent> events = new ArrayList<>();
        MemoryEvent pattern = seen.events().get(2);
        long at = BOTTOM;
        for (int i = 0; i < mappings; i++) {
            long length = (1L + i % 7) * PAGE;
            boolean file = i % 100 == 99;
            Mapping mapping = ExampleRuns.row(
                    at,
                    length,
                    i % 2 == 0 ? "rw-p" : "---p",
                    file ? new Backing(0xfe, 0, 5000 + i, 0, "") : Backing.ANONYMOUS,
                    file ? "/srv/data/part-" + i + ".bin" : "",
                    file ? Role.FILE : Role.ANONYMOUS,
                    i % 2 == 0 ? PAGE : 0);
            at += length + (file ? 64L * PAGE : 0);
            if (i % 2 == 0) {
                first.add(mapping);
                continue;
            }
            long seq = events.size();
            added.add(mapping);
            events.add(new MemoryEvent(
                    seq,
                    ExampleRuns.PID,
                    ExampleRuns.PID,
                    1000 * seq,
                    "mmap",
                    List.of(mapping.range().start(), length, 0L, 0x32L, -1L, 0L),
                    mapping.range().start(),
                    null,
                    pattern.instruction(),
                    null,
                    null,
                    Origin.PROGRAM,
                    null));
            changes.add(new Change(
                    0,
                    1,
                    ChangeKind.ADDED,
                    mapping.role(),
                    new AddressRange(mapping.range().start(), mapping.range().end()),
                    "anon#" + i,
                    length,
                    null,
                    mapping,
                    CauseKind.EVENT,
                    List.of(seq)));
        }
        Snapshot before = with(seen.snapshots().get(0), first, 0);
        List<Mapping> all = new ArrayList<>(first);
        all.addAll(added);
        Snapshot after = with(seen.snapshots().get(1), all, events.size());
        return new Analysis(
                new Observation(
                        seen.program(),
                        seen.host(),
                        seen.transcript(),
                        List.of(before, after),
                        events,
                        List.of(),
                        0,
                        seen.ending(),
                        List.of()),
                changes);
    }

    private static Snapshot with(Snapshot snapshot, List<Mapping> more, long events) {
        List<Mapping> mappings = new ArrayList<>(snapshot.mappings());
        mappings.addAll(more);
        mappings.sort((one, other) -> one.range().compareTo(other.range()));
        return new Snapshot(
                snapshot.id(),
                snapshot.moment(),
                snapshot.kind(),
                snapshot.label(),
                events,
                snapshot.pid(),
                snapshot.threads(),
                mappings,
                snapshot.layout(),
                null);
    }
}
