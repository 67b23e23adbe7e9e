package org.brkmap.check;

import java.util.List;
import org.brkmap.analyse.Analysis;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Backing;
import org.brkmap.model.CallSite;
import org.brkmap.model.CauseKind;
import org.brkmap.model.Change;
import org.brkmap.model.ChangeKind;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Ending;
import org.brkmap.model.HostFacts;
import org.brkmap.model.Limits;
import org.brkmap.model.Mapping;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Observation;
import org.brkmap.model.Origin;
import org.brkmap.model.Permissions;
import org.brkmap.model.ProgramFacts;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.brkmap.model.SourceText;
import org.brkmap.model.Usage;
import org.brkmap.model.UserCall;
import org.jspecify.annotations.Nullable;

/**
 * A small run, built by hand so that messages are known to the letter: a program whose heap grows from 132 KiB to 292
 * KiB by two calls of malloc, which maps a block of 256 KiB, and frees it again.
 */
final class SampleRun {
    static final AddressRange OLD_HEAP = new AddressRange(0x555500000000L, 0x555500021000L);
    static final AddressRange NEW_HEAP = new AddressRange(0x555500000000L, 0x555500049000L);
    static final AddressRange BLOCK = new AddressRange(0x7fff00000000L, 0x7fff00041000L);
    static final String SOURCE = "char *a;\na = malloc(32768);\nb = malloc(262144);\nfree(b);\n";

    static final Mapping TEXT =
            mapping(new AddressRange(0x1000, 0x2000), "r-xp", Role.PROGRAM_TEXT, "/bin/odd\nname", null);
    static final Mapping HEAP_BEFORE = mapping(OLD_HEAP, "rw-p", Role.HEAP, "[heap]", 4096L);
    static final Mapping HEAP_AFTER = mapping(NEW_HEAP, "rw-p", Role.HEAP, "[heap]", 8192L);
    static final Mapping MAPPED = mapping(BLOCK, "rw-p", Role.ANONYMOUS, "", 4096L);

    static final Snapshot START = snapshot(0, "start", 1, TEXT);
    static final Snapshot READY = snapshot(1, "Press key to allocate", 2, TEXT, HEAP_BEFORE);
    static final Snapshot FULL = snapshot(2, "Press key to free", 5, TEXT, HEAP_AFTER, MAPPED);
    static final Snapshot DONE = snapshot(3, "Press key to close", 6, TEXT, HEAP_AFTER);

    static final Change HEAP_CAME = new Change(
            0,
            1,
            ChangeKind.ADDED,
            Role.HEAP,
            OLD_HEAP,
            "heap+0x0",
            0x21000,
            null,
            HEAP_BEFORE,
            CauseKind.EVENT,
            List.of(1L));
    static final Change HEAP_GREW = new Change(
            1,
            2,
            ChangeKind.GREW,
            Role.HEAP,
            new AddressRange(OLD_HEAP.end(), NEW_HEAP.end()),
            "heap+0x21000",
            0x28000,
            HEAP_BEFORE,
            HEAP_AFTER,
            CauseKind.EVENT,
            List.of(2L, 3L));
    static final Change BLOCK_CAME = new Change(
            1,
            2,
            ChangeKind.ADDED,
            Role.ANONYMOUS,
            BLOCK,
            "anon#1+0x0",
            0x41000,
            null,
            MAPPED,
            CauseKind.EVENT,
            List.of(4L));
    static final Change BLOCK_WENT = new Change(
            2,
            3,
            ChangeKind.REMOVED,
            Role.ANONYMOUS,
            BLOCK,
            "anon#1+0x0",
            -0x41000,
            MAPPED,
            null,
            CauseKind.EVENT,
            List.of(5L));
    static final Change UNEXPLAINED = new Change(
            2,
            3,
            ChangeKind.SHRANK,
            Role.HEAP,
            new AddressRange(OLD_HEAP.end(), NEW_HEAP.end()),
            "heap+0x21000",
            -0x28000,
            HEAP_AFTER,
            HEAP_BEFORE,
            CauseKind.UNEXPLAINED,
            List.of());

    private SampleRun() {}

    static Analysis run() {
        return run(new Ending(0, null, null, null, null), HEAP_CAME, HEAP_GREW, BLOCK_CAME, BLOCK_WENT);
    }

    static Analysis run(Ending ending, Change... changes) {
        return new Analysis(
                new Observation(
                        new ProgramFacts(
                                List.of("./two"),
                                List.of(new SourceText("two.c", "00", SOURCE)),
                                "-g",
                                Limits.DEFAULT,
                                true),
                        new HostFacts("6.1", "x86_64", "glibc 2.36", "gcc 12", 4096, 2, null, true, List.of("ptrace")),
                        List.of(),
                        List.of(START, READY, FULL, DONE),
                        List.of(
                                event(0, "brk", 0, OLD_HEAP.start(), null),
                                event(1, "brk", OLD_HEAP.end(), OLD_HEAP.end(), null),
                                event(2, "brk", 0x555500042000L, 0x555500042000L, call("malloc", 32768L, 2)),
                                event(3, "brk", NEW_HEAP.end(), NEW_HEAP.end(), call("malloc", 32768L, 2)),
                                event(4, "mmap", 0, BLOCK.start(), call("malloc", 262144L, 3)),
                                event(5, "munmap", BLOCK.start(), 0, call("free", null, 4))),
                        List.of(),
                        0,
                        ending,
                        List.of()),
                List.of(changes));
    }

    /** A run in which nothing happens. */
    static Analysis still() {
        return withSnapshots(READY, READY);
    }

    /** A run in which a block appears without a call. */
    static Analysis withoutItsMmap() {
        return withSnapshots(DONE, snapshot(3, "later", 6, TEXT, HEAP_AFTER, MAPPED));
    }

    private static Analysis withSnapshots(Snapshot... snapshots) {
        Observation seen = run().observation();
        return new Analysis(
                new Observation(
                        seen.program(),
                        seen.host(),
                        List.of(),
                        List.of(snapshots),
                        seen.events(),
                        List.of(),
                        0,
                        seen.ending(),
                        List.of()),
                List.of());
    }

    private static UserCall call(String operation, @Nullable Long size, int line) {
        return new UserCall(
                operation,
                size,
                size == null ? BLOCK.start() + 16 : null,
                new CallSite(0x1200, "/bin/two", 0x200L, "main", "/src/two.c", line));
    }

    private static MemoryEvent event(long seq, String name, long arg, long result, @Nullable UserCall cause) {
        Origin origin = seq < 2 ? Origin.LOADER : Origin.PROGRAM;
        return new MemoryEvent(
                seq, 7, 7, seq, name, List.of(arg, 0L, 0L, 0L, 0L, 0L), result, null, 0x1, null, null, origin, cause);
    }

    private static Snapshot snapshot(int id, String label, long events, Mapping... mappings) {
        return new Snapshot(id, id, CheckpointKind.INPUT, label, events, 7, List.of(), List.of(mappings), null, null);
    }

    private static Mapping mapping(
            AddressRange range, String permissions, Role role, String name, @Nullable Long resident) {
        Usage usage = resident == null
                ? null
                : new Usage(resident, null, null, null, null, null, null, null, null, null, null, null);
        return new Mapping(range, Permissions.parse(permissions), new Backing(0, 0, 0, 0, name), role, usage, null);
    }
}
