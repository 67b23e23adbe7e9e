package org.brkmap.observe;

import java.io.IOException;
import org.brkmap.libc.Ptrace;
import org.brkmap.libc.RemoteMemory;
import org.brkmap.libc.Signal;
import org.brkmap.libc.WaitStatus;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Backing;
import org.brkmap.model.CallSite;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Limits;
import org.brkmap.model.Mapping;
import org.brkmap.procfs.ProcFs;
import org.jspecify.annotations.Nullable;

/** Follows threads and processes through their lives: fork, execution of another program, exit. */
final class Families {
    private static final long CLONE_VM = 0x100;
    private static final long CLONE_THREAD = 0x10000;

    private final TracedRun run;
    private final Tracees tracees;
    private final Ptrace ptrace;
    private final EventLog log;
    private final @Nullable ProbeMemory probe;
    private final ProcFs proc;
    private final RemoteMemory memory;
    private final Limits limits;
    private final StopRequest stop;

    Families(
            TracedRun run,
            Tracees tracees,
            EventLog log,
            @Nullable ProbeMemory probe,
            ProcFs proc,
            RemoteMemory memory,
            Limits limits,
            StopRequest stop) {
        this.run = run;
        this.tracees = tracees;
        this.ptrace = tracees.ptrace;
        this.log = log;
        this.probe = probe;
        this.proc = proc;
        this.memory = memory;
        this.limits = limits;
        this.stop = stop;
    }

    /** The task has a new child or thread, which is traced already. */
    void forked(Task parent, boolean lendsMemory) {
        int tid = (int) ptrace.eventMessage(parent.tid);
        if (tid <= 0) {
            // The parent was killed at this very stop, and can no longer tell; the child is ended with the run.
            tracees.resume(parent, 0);
            return;
        }
        SystemCall call = parent.event < 0 ? null : log.call((int) parent.event);
        long flags = call == SystemCall.CLONE ? log.argument((int) parent.event, 0) : 0;
        boolean sharesMemory = lendsMemory || (flags & CLONE_VM) != 0;
        endEvent(parent, tid);
        int pid = (flags & CLONE_THREAD) != 0 ? parent.pid : tid;
        AddressSpace space = parent.space;
        if (!sharesMemory) {
            space = new AddressSpace(pid);
            space.loader = parent.space.loader;
            if (probe != null) {
                probe.imageStarted(pid);
            }
        }
        tracees.add(new Task(tid, pid, space));
        tracees.enterAgain(parent.space.release(parent));
        parent.lentToChild = lendsMemory;
        tracees.resume(parent, 0);
        if (tracees.count() > limits.processes()) {
            stop.ask("limit of " + limits.processes() + " processes and threads");
        }
    }

    /** The task's process has become another program; nothing of the old one is left but the number. */
    void executed(Task task) throws IOException {
        Task caller = tracees.find((int) ptrace.eventMessage(task.tid));
        endEvent(caller == null ? task : caller, 0);
        for (Task other : tracees.ofProcess(task.pid)) {
            tracees.enterAgain(other.space.forget(other));
            if (other != task) {
                tracees.remove(other);
            }
        }
        task.becomeOtherProgram(new AddressSpace(task.pid));
        run.started = true;
        if (probe != null) {
            probe.imageStarted(task.pid);
        }
        findLoader(task);
        run.checkpoint(CheckpointKind.EXEC, "exec", task);
        tracees.resume(task, 0);
    }

    private void endEvent(Task task, long result) {
        if (task.event >= 0) {
            log.end((int) task.event, result, false);
            task.event = -1;
        }
    }

    private void findLoader(Task task) {
        try {
            Long base = proc.layout(task.tid).loaderBase();
            if (base == null || base == 0) {
                return;
            }
            Backing file = null;
            for (Mapping mapping : proc.maps(task.tid)) {
                if (mapping.range().contains(base)) {
                    file = mapping.backing();
                }
                if (file != null && mapping.backing().sameFile(file)) {
                    task.space.loader = new AddressRange(base, mapping.range().end());
                }
            }
        } catch (IOException e) {
            run.note("the loader's place is n/a: " + e.getMessage());
        }
    }

    /** The task is about to end; if a signal ends its process, the address space is read while it is whole. */
    void exiting(Task task) throws IOException {
        int status = (int) ptrace.eventMessage(task.tid);
        boolean killed = status >= 0 && WaitStatus.killed(status);
        run.exiting(task, status);
        if (run.started && killed && !task.space.exitSeen && task.space.pid == task.pid) {
            int signal = WaitStatus.killingSignal(status);
            if (task.pid == run.root()) {
                explainCrash(signal);
            }
            run.checkpoint(CheckpointKind.CRASH, Signal.nameOf(signal), task);
            task.space.exitSeen = true;
        }
        task.exiting = true;
        tracees.resume(task, 0);
    }

    /** Says why and where, by the thread that got the signal: another one may be the first to report its end. */
    private void explainCrash(int signal) {
        for (Task task : tracees.ofProcess(run.root())) {
            if (task.fault != null && task.faultSignal == signal) {
                run.crashed(task.fault, CallSite.at(CrashSites.find(proc, memory, probe, task)));
            }
        }
    }
}
