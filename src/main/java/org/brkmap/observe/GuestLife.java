package org.brkmap.observe;

import java.io.IOException;
import org.brkmap.libc.Ptrace;
import org.brkmap.libc.Signal;
import org.brkmap.libc.WaitStatus;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Ending;
import org.brkmap.observe.SystemCall.Kind;
import org.brkmap.observe.Tracees.Report;
import org.brkmap.procfs.ProcFs;
import org.jspecify.annotations.Nullable;

/** The births, executions and deaths of a guest's threads and processes, as their stops tell of them. */
final class GuestLife {
    private static final long CLONE_VM = 0x100;

    private final Tracees tracees;
    private final Ptrace ptrace;
    private final EventLog log;
    private final ProcFs proc;
    private final GuestCalls calls;
    private final Looks looks;
    private @Nullable Ending ending;

    GuestLife(Tracees tracees, EventLog log, ProcFs proc, GuestCalls calls, Looks looks) {
        this.tracees = tracees;
        this.ptrace = tracees.ptrace;
        this.log = log;
        this.proc = proc;
        this.calls = calls;
        this.looks = looks;
    }

    /** How the process that we attached to ended, or null while it lives. */
    @Nullable Ending ending() {
        return ending;
    }

    /** A thread has made a child or another thread, which has its own stop to report. */
    void forked(Task parent, boolean lendsMemory) throws IOException, InterruptedException {
        int tid = (int) ptrace.eventMessage(parent.tid);
        if (tid <= 0) {
            // The parent was killed at this very stop, and can no longer tell.
            calls.resume(parent, 0);
            return;
        }
        boolean cloned = parent.event >= 0 && log.call((int) parent.event).kind() == Kind.FORK;
        long flags = cloned && log.call((int) parent.event).title().startsWith("clone")
                ? log.argument((int) parent.event, 0)
                : 0;
        int pid = processOf(tid, parent);
        if (parent.event >= 0) {
            log.end((int) parent.event, tid, false);
            parent.event = -1;
        }
        boolean shares = pid == parent.pid || lendsMemory || (flags & CLONE_VM) != 0;
        if (tracees.find(tid) == null) {
            tracees.add(new Task(tid, pid, shares ? parent.space : new AddressSpace(pid)));
        }
        calls.release(parent.space.release(parent));
        calls.resume(parent, 0);
        parent.lentToChild = lendsMemory;
    }

    private int processOf(int tid, Task parent) {
        try {
            return proc.status(tid).threadGroup();
        } catch (IOException e) {
            return parent.event >= 0 && log.call((int) parent.event) == SystemCall.FORK ? tid : parent.pid;
        }
    }

    /** The process executes another program; its other threads are gone. It keeps standing. */
    void executed(Task task) throws IOException, InterruptedException {
        Task caller = tracees.find((int) ptrace.eventMessage(task.tid));
        long event = caller == null ? task.event : caller.event;
        if (event >= 0) {
            log.end((int) event, 0, false);
        }
        for (Task other : tracees.ofProcess(task.pid)) {
            calls.release(other.space.forget(other));
            if (other != task) {
                tracees.remove(other);
            }
        }
        task.event = -1;
        task.exiting = false;
        task.space = new AddressSpace(task.pid);
        looks.look(CheckpointKind.EXEC, "exec", task);
    }

    /** The thread is about to end, by itself or by a signal. */
    void exiting(Task task) throws IOException, InterruptedException {
        int status = (int) ptrace.eventMessage(task.tid);
        if (status >= 0 && WaitStatus.killed(status) && !task.space.exitSeen && task.space.pid == task.pid) {
            looks.look(CheckpointKind.CRASH, Signal.nameOf(WaitStatus.killingSignal(status)), task);
            task.space.exitSeen = true;
        }
        task.exiting = true;
        calls.release(task.space.forget(task));
        calls.resume(task, 0);
    }

    /** The thread is gone. */
    void ended(Report report, int root) {
        Task task = report.task();
        int status = report.status();
        Task next = task.space.forget(task);
        tracees.remove(task);
        calls.releaseLater(next);
        if (task.tid == root) {
            ending = WaitStatus.exited(status)
                    ? new Ending(WaitStatus.exitCode(status), null, null, null, null)
                    : new Ending(null, Signal.nameOf(WaitStatus.killingSignal(status)), null, null, null);
        }
    }
}
