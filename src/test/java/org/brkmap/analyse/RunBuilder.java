package org.brkmap.analyse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Backing;
import org.brkmap.model.CallSite;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Ending;
import org.brkmap.model.HostFacts;
import org.brkmap.model.Limits;
import org.brkmap.model.Mapping;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Observation;
import org.brkmap.model.Origin;
import org.brkmap.model.Permissions;
import org.brkmap.model.ProcessLayout;
import org.brkmap.model.ProgramFacts;
import org.brkmap.model.Snapshot;
import org.brkmap.model.ThreadState;
import org.brkmap.model.Usage;
import org.brkmap.model.UserCall;
import org.jspecify.annotations.Nullable;

/** Writes an observation as a test reads it: rows of maps as text, calls with their arguments. */
final class RunBuilder {
    static final int PAGE = 4096;
    static final int PID = 100;

    private final List<Snapshot> snapshots = new ArrayList<>();
    private List<String> capabilities = List.of("ptrace");
    private final List<MemoryEvent> events = new ArrayList<>();
    private int pid = PID;
    private int tid = PID;
    private long instruction = 0x401000;
    private @Nullable UserCall cause;
    private @Nullable ProcessLayout layout;
    private List<ThreadState> threads = List.of();

    /** The process that what follows belongs to. */
    RunBuilder by(int process) {
        pid = process;
        tid = process;
        return this;
    }

    RunBuilder layout(ProcessLayout where) {
        layout = where;
        return this;
    }

    RunBuilder heapFrom(long startBrk) {
        return layout(layout(null, startBrk, null, null, null));
    }

    RunBuilder threads(ThreadState... states) {
        threads = List.of(states);
        return this;
    }

    /** What calls the C library's function behind the next events, until another is named. */
    RunBuilder calling(String operation, long size, long site) {
        cause = new UserCall(operation, size, null, CallSite.at(site));
        return this;
    }

    RunBuilder from(long address) {
        instruction = address;
        return this;
    }

    RunBuilder snapshot(CheckpointKind kind, String... rows) {
        int id = snapshots.size();
        List<Mapping> mappings = Arrays.stream(rows).map(RunBuilder::row).toList();
        snapshots.add(new Snapshot(id, id, kind, kind.name(), events.size(), pid, threads, mappings, layout, null));
        return this;
    }

    RunBuilder exec(String... rows) {
        return snapshot(CheckpointKind.EXEC, rows);
    }

    RunBuilder then(String... rows) {
        return snapshot(CheckpointKind.INPUT, rows);
    }

    RunBuilder call(String name, long result, long... args) {
        return event(name, result, null, null, null, args);
    }

    RunBuilder fails(String name, int errno, long... args) {
        return event(name, -errno, errno, null, null, args);
    }

    RunBuilder callOnFile(String name, @Nullable String file, long result, long... args) {
        return event(name, result, null, file, null, args);
    }

    RunBuilder attach(long segment, long result, long flags, long extent) {
        return event("shmat", result, null, "/SYSV00000000 (deleted)", extent, segment, 0, flags);
    }

    private RunBuilder event(
            String name,
            long result,
            @Nullable Integer errno,
            @Nullable String file,
            @Nullable Long extent,
            long... args) {
        long[] six = Arrays.copyOf(args, 6);
        List<Long> boxed = Arrays.stream(six).boxed().toList();
        events.add(new MemoryEvent(
                events.size(),
                pid,
                tid,
                0,
                name,
                boxed,
                result,
                errno,
                instruction,
                file,
                extent,
                Origin.UNKNOWN,
                cause));
        return this;
    }

    /** As it is seen where ptrace is refused. */
    RunBuilder watched() {
        capabilities = List.of("proc-syscall");
        return this;
    }

    Observation build() {
        return new Observation(
                new ProgramFacts(List.of("/prog"), List.of(), null, Limits.DEFAULT, false),
                new HostFacts("6.1", "x86_64", null, null, PAGE, 2, null, null, capabilities),
                List.of(),
                snapshots,
                events,
                List.of(),
                0,
                new Ending(0, null, null, null, null),
                List.of());
    }

    Analysis analyse() {
        return Analyser.analyse(build(), path -> Optional.empty(), sites -> java.util.Map.of());
    }

    /** {@code 7f0000-7f1000 rw-p 00000000 00:00 0 [heap]}, optionally preceded by {@code rss=8192 }. */
    static Mapping row(String text) {
        Usage usage = null;
        String row = text;
        if (row.startsWith("rss=")) {
            long rss = Long.parseLong(row.substring(4, row.indexOf(' ')));
            usage = new Usage(rss, null, null, null, null, null, null, rss, null, null, null, null);
            row = row.substring(row.indexOf(' ') + 1);
        }
        String[] fields = row.split(" ", 6);
        String[] range = fields[0].split("-");
        String[] device = fields.length > 3 ? fields[3].split(":") : new String[] {"0", "0"};
        Backing backing = new Backing(
                Integer.parseInt(device[0], 16),
                Integer.parseInt(device[1], 16),
                fields.length > 4 ? Long.parseLong(fields[4]) : 0,
                fields.length > 2 ? Long.parseLong(fields[2], 16) : 0,
                fields.length > 5 ? fields[5].strip() : "");
        AddressRange addresses =
                new AddressRange(Long.parseUnsignedLong(range[0], 16), Long.parseUnsignedLong(range[1], 16));
        return Mapping.of(addresses, Permissions.parse(fields[1]), backing).withUsage(usage);
    }

    static ProcessLayout layout(
            @Nullable Long entry,
            @Nullable Long startBrk,
            @Nullable Long startStack,
            @Nullable Long loaderBase,
            @Nullable Long vdso) {
        return new ProcessLayout(
                "/prog",
                null,
                null,
                null,
                null,
                startBrk,
                startStack,
                null,
                null,
                null,
                null,
                null,
                entry,
                loaderBase,
                vdso);
    }
}
