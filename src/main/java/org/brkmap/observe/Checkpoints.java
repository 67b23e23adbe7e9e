package org.brkmap.observe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Mapping;
import org.brkmap.model.ProcessLayout;
import org.brkmap.model.Snapshot;
import org.brkmap.model.ThreadState;
import org.brkmap.procfs.ProcException;
import org.brkmap.procfs.ProcFs;
import org.jspecify.annotations.Nullable;

/** Reads the address space of every traced process while all their threads stand still. */
final class Checkpoints {
    private final Tracees tracees;
    private final ProcFs proc;
    private final EventLog log;
    private final @Nullable ProbeMemory probe;
    private final int pageSize;
    private final boolean readPages;
    private final @Nullable Consumer<Snapshot> look;
    private final List<Snapshot> snapshots = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int moments;

    Checkpoints(
            Tracees tracees,
            ProcFs proc,
            EventLog log,
            @Nullable ProbeMemory probe,
            int pageSize,
            boolean readPages,
            @Nullable Consumer<Snapshot> look) {
        this.tracees = tracees;
        this.proc = proc;
        this.log = log;
        this.probe = probe;
        this.pageSize = pageSize;
        this.readPages = readPages;
        this.look = look;
    }

    /** Takes one snapshot of each process; those that cannot be read are noted, not fatal. */
    void take(CheckpointKind kind, String label, Task cause) {
        TreeSet<Integer> pids = new TreeSet<>();
        for (Task task : tracees.all()) {
            if (task.space.pid == task.pid && !task.space.exitSeen) {
                pids.add(task.pid);
            }
        }
        for (int pid : pids) {
            List<Task> threads = tracees.livingOf(pid);
            try {
                Snapshot snapshot = read(kind, label, pid, threads, cause);
                snapshots.add(snapshot);
                if (look != null) {
                    look.accept(snapshot);
                }
            } catch (IOException e) {
                notes.add("process " + pid + " could not be read at \"" + label + "\": " + e.getMessage());
            }
        }
        moments++;
    }

    private Snapshot read(CheckpointKind kind, String label, int pid, List<Task> threads, Task cause)
            throws IOException {
        int reader = cause.pid == pid ? cause.tid : readerAmong(pid, threads);
        List<Mapping> mappings = readMappings(reader);
        ProcessLayout layout = proc.layout(reader);
        List<ThreadState> states = new ArrayList<>();
        for (Task task : threads) {
            states.add(state(task, task == cause));
        }
        return new Snapshot(
                snapshots.size(),
                moments,
                kind,
                label,
                log.size(),
                pid,
                states,
                mappings,
                layout,
                probe == null ? null : probe.counts(pid));
    }

    /** The first thread may be gone while others live; the process is then read through one that is left. */
    private static int readerAmong(int pid, List<Task> threads) {
        return threads.isEmpty() || threads.stream().anyMatch(task -> task.tid == pid) ? pid : threads.get(0).tid;
    }

    private List<Mapping> readMappings(int pid) throws IOException {
        List<Mapping> mappings;
        try {
            mappings = proc.smaps(pid);
        } catch (ProcException e) {
            if (e.kind() != ProcException.Kind.DENIED && e.kind() != ProcException.Kind.UNAVAILABLE) {
                throw e;
            }
            notes.add("usage is n/a: " + e.getMessage());
            return proc.maps(pid);
        }
        if (!readPages) {
            return mappings;
        }
        try {
            return proc.pages(pid, mappings, pageSize);
        } catch (ProcException e) {
            notes.add("page states are n/a: " + e.getMessage());
            return mappings;
        }
    }

    private ThreadState state(Task task, boolean isCause) {
        String name;
        try {
            name = proc.threadName(task.pid, task.tid);
        } catch (IOException e) {
            name = "";
        }
        Long stackPointer = null;
        String interrupted = null;
        if (task.stopped && Architecture.NATIVE.readRegisters(tracees.ptrace, task.tid)) {
            stackPointer = Architecture.NATIVE.stackPointer(tracees.ptrace);
            long call = isCause ? -1 : Architecture.NATIVE.interruptedCall(tracees.ptrace);
            if (call >= 0) {
                interrupted = SystemCall.nameOf(call);
                task.waitInterrupted = call == task.waitNumber;
            }
        } else if (task.fault != null && task.faultStack != 0) {
            // It is dying of that signal, and another thread reported the end first.
            stackPointer = task.faultStack;
        }
        return new ThreadState(task.tid, name, stackPointer, interrupted);
    }

    List<Snapshot> snapshots() {
        return snapshots;
    }

    /** Forgets what the last moment showed beyond the first so many snapshots and notes. */
    void takeBack(int keptSnapshots, int keptNotes) {
        snapshots.subList(keptSnapshots, snapshots.size()).clear();
        notes.subList(keptNotes, notes.size()).clear();
        moments--;
    }

    int notesTaken() {
        return notes.size();
    }

    /** What could not be read; each fact once. */
    List<String> notes() {
        return notes.stream().distinct().toList();
    }
}
