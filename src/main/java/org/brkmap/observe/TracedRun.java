package org.brkmap.observe;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import org.brkmap.libc.Ptrace;
import org.brkmap.libc.Signal;
import org.brkmap.libc.WaitStatus;
import org.brkmap.model.CallSite;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Ending;
import org.brkmap.observe.Tracees.Report;
import org.brkmap.procfs.ProcFs;
import org.jspecify.annotations.Nullable;

/** A traced run as a whole: how far it is, its checkpoints, and how it comes to its end. */
final class TracedRun {
    private static final int MOST_SNAPSHOTS = 10_000;

    /** Ample for a machine with much else to do: what takes longer is not waiting for a processor. */
    private static final long STOP_NANOS = 10_000_000_000L;

    private final Tracees tracees;
    private final Checkpoints checkpoints;
    private final MemoryCalls calls;
    private final EventLog log;
    private final ProcFs proc;
    private final Terminal terminal;
    private final StopRequest stop;
    private final List<String> notes = new ArrayList<>();

    /** Whether the target's own program was executed; before, it is our launcher. */
    boolean started;

    /** Whether every process has been sent SIGKILL, and nothing of it matters any more. */
    boolean killing;

    private int root;
    private @Nullable Ending ending;
    private @Nullable String endedBy;
    private @Nullable String detail;
    private @Nullable CallSite where;

    TracedRun(
            Tracees tracees,
            Checkpoints checkpoints,
            MemoryCalls calls,
            EventLog log,
            ProcFs proc,
            Terminal terminal,
            StopRequest stop) {
        this.tracees = tracees;
        this.checkpoints = checkpoints;
        this.calls = calls;
        this.log = log;
        this.proc = proc;
        this.terminal = terminal;
        this.stop = stop;
    }

    /** This is the process we launched. */
    void begin(int pid) {
        root = pid;
        tracees.add(new Task(pid, pid, new AddressSpace(pid)));
    }

    /** The process we launched. */
    int root() {
        return root;
    }

    void note(String fact) {
        notes.add(fact);
    }

    List<String> notes() {
        return notes;
    }

    /** How the process we launched ended; null while it lives. */
    @Nullable Ending ending() {
        return ending;
    }

    /** Stops every thread and takes a snapshot of every process, under this label. */
    void checkpoint(CheckpointKind kind, String label, Task task) throws IOException {
        halt(label);
        if (kind != CheckpointKind.EXEC) {
            terminal.drain(log.size());
        }
        checkpoints.take(kind, label, task);
        if (checkpoints.snapshots().size() > MOST_SNAPSHOTS) {
            stop.ask("limit of " + MOST_SNAPSHOTS + " checkpoints");
        }
    }

    /** As above, at a wait: its name is what the program printed last, which is known only when it stands still. */
    void checkpointAtWait(CheckpointKind kind, String otherwise, Task task) throws IOException {
        halt(otherwise);
        terminal.drain(log.size());
        checkpoint(kind, terminal.lastLine().isEmpty() ? otherwise : terminal.lastLine(), task);
    }

    private void halt(String label) throws IOException {
        try {
            if (!tracees.stopAll(this::ended, this::stopped, STOP_NANOS)) {
                notes.add("at \"" + label
                        + "\" a thread could not be stopped, for it waits in the kernel, as for a device:"
                        + " what it did meanwhile may be in the snapshot in part");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the observed program was being stopped");
        }
    }

    private void stopped(Report report) {
        int status = report.status();
        if (WaitStatus.isCallExit(status)) {
            calls.complete(report.task());
        } else if (WaitStatus.event(status) == Ptrace.EVENT_EXIT) {
            exiting(report.task(), (int) tracees.ptrace.eventMessage(report.task().tid));
        }
    }

    /**
     * The task stands before its end, with this status to come. A fatal signal and exit_group end all threads at once, and the
     * kernel need not report each.
     */
    void exiting(Task task, int status) {
        calls.cutOff(task);
        if (task.space.exitSeen || (status >= 0 && WaitStatus.killed(status))) {
            tracees.doom(task.pid);
        }
    }

    /** Says why and where the launched process crashed. */
    void crashed(String newDetail, CallSite newWhere) {
        detail = newDetail;
        where = newWhere;
    }

    /** Hangs up on all processes; if that ends them, it was we who did. */
    void hangUp(String reason) {
        endedBy = reason;
        tracees.signalAll(Signal.SIGHUP);
    }

    /** Ends the run from our side: a last look, then SIGKILL for all. */
    void end(String reason) throws IOException {
        endedBy = reason;
        Task main = tracees.find(root);
        if (started && main != null) {
            detail = Faults.whatItDoes(proc, main);
            checkpoint(CheckpointKind.LIMIT, reason, main);
        }
        killAll();
    }

    private void killAll() {
        killing = true;
        tracees.killAll();
        tracees.all().stream().filter(task -> task.stopped).forEach(task -> tracees.resume(task, 0));
    }

    /** A thread is gone; with the first thread of the process we launched, the run is over. */
    void ended(Report report) {
        Task task = report.task();
        tracees.remove(task);
        tracees.enterAgain(task.space.forget(task));
        if (task.tid != root) {
            return;
        }
        ending = endingOf(report.status());
        if (!killing) {
            long left =
                    tracees.all().stream().map(other -> other.pid).distinct().count();
            if (left > 0) {
                notes.add("processes that it left behind were ended by the harness: " + left);
            }
            killAll();
        }
    }

    private Ending endingOf(int status) {
        if (WaitStatus.exited(status)) {
            return new Ending(WaitStatus.exitCode(status), null, null, detail, where);
        }
        if (endedBy != null) {
            return new Ending(null, null, endedBy, detail, where);
        }
        return new Ending(null, Signal.nameOf(WaitStatus.killingSignal(status)), null, detail, where);
    }
}
