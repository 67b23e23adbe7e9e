package org.brkmap.observe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.brkmap.libc.Ptrace;
import org.brkmap.libc.RemoteMemory;
import org.brkmap.libc.Signal;
import org.brkmap.libc.WaitStatus;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Ending;
import org.brkmap.model.Limits;
import org.brkmap.model.Observation;
import org.brkmap.observe.SystemCall.Kind;
import org.brkmap.observe.Tracees.Report;
import org.brkmap.procfs.ProcFs;
import org.jspecify.annotations.Nullable;

/**
 * Follows the target from its launch to its end: the loop that every stop of every thread goes through. One thread makes all
 * of it, from start to end; the kernel ties a tracee to the thread that seized it.
 */
final class Tracer {

    private final Tracees tracees;
    private final Ptrace ptrace;
    private final StopRequest stop;
    private final RemoteMemory memory = new RemoteMemory();
    private final MemoryCalls calls;
    private final @Nullable LoneThread loneThread;
    private final TracedRun run;
    private final Families families;
    private final WaitStops waits;

    Tracer(
            Tracees tracees,
            Checkpoints checkpoints,
            EventLog log,
            @Nullable ProbeMemory probe,
            ProcFs proc,
            Terminal terminal,
            Keyboard keyboard,
            Limits limits,
            StopRequest stop,
            @Nullable LoneThread loneThread) {
        this.tracees = tracees;
        this.ptrace = tracees.ptrace;
        this.stop = stop;
        this.loneThread = loneThread;
        this.calls = new MemoryCalls(tracees, log, probe, proc);
        this.run = new TracedRun(tracees, checkpoints, calls, log, proc, terminal, stop);
        this.families = new Families(run, tracees, log, probe, proc, memory, limits, stop);
        this.waits = new WaitStops(run, tracees, log, new Waits(proc, memory, terminal.slaveName()), keyboard);
    }

    /** Follows the process, seized already by the calling thread, until nothing of it is left. */
    Ending follow(int pid) throws IOException {
        run.begin(pid);
        try {
            Report report;
            while ((report = tracees.next(run.started && !run.killing ? loneThread : null)) != null) {
                handle(report);
                String reason = stop.reason();
                if (reason != null && !run.killing) {
                    run.end(reason);
                }
            }
        } finally {
            tracees.killAll();
        }
        Ending ending = run.ending();
        if (ending == null) {
            throw new ObserveException("the observed program vanished without an end that the kernel reported");
        }
        return ending;
    }

    /** Whether the target's own program was ever executed. */
    boolean started() {
        return run.started;
    }

    List<String> notes() {
        List<String> notes = new ArrayList<>(run.notes());
        notes.addAll(calls.notes());
        return notes;
    }

    private void handle(Report report) throws IOException {
        Task task = report.task();
        int status = report.status();
        if (!WaitStatus.stopped(status)) {
            run.ended(report);
        } else if (run.killing) {
            tracees.resume(task, 0);
        } else if (WaitStatus.isCallExit(status)) {
            calls.leave(task);
        } else {
            switch (WaitStatus.event(status)) {
                case Ptrace.EVENT_SECCOMP -> entered(task);
                case Ptrace.EVENT_FORK, Ptrace.EVENT_CLONE -> families.forked(task, false);
                case Ptrace.EVENT_VFORK -> families.forked(task, true);
                case Ptrace.EVENT_EXEC -> families.executed(task);
                case Ptrace.EVENT_EXIT -> families.exiting(task);
                case Ptrace.EVENT_STOP -> halted(task, WaitStatus.stopSignal(status));
                default -> signalled(task, WaitStatus.stopSignal(status));
            }
        }
    }

    private void entered(Task task) throws IOException {
        if (!ptrace.syscallInfo(task.tid) || ptrace.infoKind() != Ptrace.AT_SECCOMP) {
            tracees.resume(task, 0);
            return;
        }
        SystemCall call = SystemCall.of(ptrace.infoNumber());
        if (ptrace.infoArchitecture() != Architecture.NATIVE.audit() || call == null) {
            run.end(
                    "it made a system call of another architecture, as 32-bit programs do, which cannot be followed; build it for this one");
            return;
        }
        if (!run.started && call.kind() != Kind.EXEC) {
            tracees.resume(task, 0);
            return;
        }
        switch (call.kind()) {
            case MEMORY, FORK, EXEC -> calls.enter(task, call, run.started);
            case EXIT, THREAD_EXIT -> leaving(task, call);
            case READ, SELECT, POLL, EPOLL -> waits.atTerminal(task, call);
            case SLEEP -> waits.atSleep(task, call);
            case PAUSE -> waits.atPause(task);
            case MARKER -> {
                String label = Marks.label(memory, task.tid, ptrace.infoArgument(1), ptrace.infoArgument(2));
                run.checkpoint(CheckpointKind.MARKER, label, task);
                tracees.resume(task, 0);
            }
            case TIMER -> {
                waits.timerSet();
                tracees.resume(task, 0);
            }
            case COPY -> {
                run.note(Observation.COPIED_BY_THE_KERNEL + call.title());
                tracees.resume(task, 0);
            }
            default -> tracees.resume(task, 0);
        }
    }

    private void leaving(Task task, SystemCall call) throws IOException {
        boolean endsProcess =
                call.kind() == Kind.EXIT || tracees.livingOf(task.pid).size() == 1;
        if (endsProcess && task.space.pid == task.pid && !task.space.exitSeen) {
            run.checkpoint(CheckpointKind.EXIT, "exit", task);
            task.space.exitSeen = true;
            ptrace.syscallInfo(task.tid); // the checkpoint asked about other tasks since
        }
        calls.leavesForGood(task, call);
        tracees.resume(task, 0);
    }

    private void halted(Task task, int signal) {
        boolean groupStop = signal == Signal.SIGSTOP.number()
                || signal == Signal.SIGTSTP.number()
                || signal == Signal.SIGTTIN.number()
                || signal == Signal.SIGTTOU.number();
        if (groupStop && run.started) {
            tracees.listen(task);
        } else {
            tracees.resume(task, 0);
        }
    }

    private void signalled(Task task, int signal) {
        boolean ourWake = signal == Signal.SIGSTOP.number() && (stop.reason() != null || !run.started);
        boolean ourStart = signal == Signal.SIGCONT.number() && !run.started;
        Faults.describe(ptrace, task, signal);
        tracees.resume(task, ourWake || ourStart ? 0 : signal);
    }
}
