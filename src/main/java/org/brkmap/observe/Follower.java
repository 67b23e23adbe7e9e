package org.brkmap.observe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.brkmap.libc.Ptrace;
import org.brkmap.libc.Signal;
import org.brkmap.libc.WaitStatus;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Ending;
import org.brkmap.observe.Tracees.Report;
import org.brkmap.procfs.ProcFs;
import org.jspecify.annotations.Nullable;

/**
 * Follows a process that ran before us and is to run after us. It has no filter of ours, so every call of it stops twice; only
 * those about memory and the life of processes are noted. One thread makes all of it.
 */
final class Follower {
    private static final int LONGEST_PAUSE_MILLIS = 10;
    private static final int MOST_EVENTS = 1_000_000;

    private final Tracees tracees;
    private final Checkpoints checkpoints;
    private final EventLog log;
    private final Ptrace ptrace;
    private final Looks looks;
    private final GuestCalls calls;
    private final GuestLife life;
    private final Backoff backoff = new Backoff(LONGEST_PAUSE_MILLIS);
    private final List<String> notes = new ArrayList<>();

    private int root;

    Follower(Tracees tracees, Checkpoints checkpoints, EventLog log, ProcFs proc) {
        this.tracees = tracees;
        this.checkpoints = checkpoints;
        this.log = log;
        this.ptrace = tracees.ptrace;
        MemoryCalls memory = new MemoryCalls(tracees, log, null, proc);
        this.looks = new Looks(tracees, checkpoints, log, memory, this::ended);
        this.calls = new GuestCalls(ptrace, log, memory, looks);
        this.life = new GuestLife(tracees, log, proc, calls, looks);
    }

    /** Why the process is to be let go of, or null while it is not. */
    interface Leave {
        @Nullable String reason();
    }

    List<String> notes() {
        List<String> all = new ArrayList<>(notes);
        all.addAll(looks.notes());
        all.addAll(calls.notes());
        return all;
    }

    /** Stops all threads of the process, held already, and reads it as it is found. */
    void begin(int pid) throws IOException, InterruptedException {
        root = pid;
        looks.look(CheckpointKind.ATTACH, "attach", tracees.find(pid));
    }

    /** Follows it until it ends or is to be let go of; then leaves it and all its children as if nobody had been there. */
    Ending follow(Leave leave) throws IOException, InterruptedException {
        String reason = null;
        while (life.ending() == null && tracees.count() > 0 && reason == null) {
            boolean released = calls.releaseKept();
            Report report = released ? null : tracees.poll();
            if (report != null) {
                backoff.reset();
                handle(report);
            } else if (!released) {
                backoff.pause();
            }
            reason = leave.reason();
            if (reason == null && log.size() >= MOST_EVENTS) {
                reason = "limit of " + MOST_EVENTS + " events";
            }
        }
        if (reason != null && !reason.isEmpty()) {
            notes.add("it was let go of at a " + reason);
        }
        letGo();
        Ending ending = life.ending();
        return ending == null ? Ending.detached() : ending;
    }

    private void letGo() throws IOException, InterruptedException {
        looks.halt();
        while (adoptNewborn() || readExecuted()) {
            looks.halt();
        }
        Task main = tracees.find(root);
        if (life.ending() == null && main != null && !main.space.exitSeen) {
            checkpoints.take(CheckpointKind.DETACH, "detach", main);
        }
        // A thread that keeps its group-stop must trap once more to be let go of; it stays stopped then.
        for (Task task : tracees.all()) {
            if (task.listening) {
                task.listening = false;
                ptrace.interrupt(task.tid);
            }
        }
        looks.halt();
        tracees.detachAll();
    }

    /** Takes in the children that their parents have not told us of yet; whether there were any. */
    private boolean adoptNewborn() {
        boolean any = false;
        for (Report report : tracees.kept()) {
            int event = WaitStatus.event(report.status());
            boolean fork = event == Ptrace.EVENT_FORK || event == Ptrace.EVENT_VFORK || event == Ptrace.EVENT_CLONE;
            int tid = fork ? (int) ptrace.eventMessage(report.task().tid) : -1;
            if (tid > 0 && tracees.find(tid) == null) {
                tracees.add(new Task(tid, tid, new AddressSpace(tid)));
                any = true;
            }
        }
        return any;
    }

    /** Reads a process that executed another program while all were being stopped; whether there was one. */
    private boolean readExecuted() throws IOException, InterruptedException {
        Task task = tracees.takeKept(Ptrace.EVENT_EXEC);
        if (task != null) {
            life.executed(task);
        }
        return task != null;
    }

    private void ended(Report report) {
        life.ended(report, root);
    }

    private void handle(Report report) throws IOException, InterruptedException {
        Task task = report.task();
        int status = report.status();
        if (!WaitStatus.stopped(status)) {
            ended(report);
            return;
        }
        switch (WaitStatus.event(status)) {
            case Ptrace.EVENT_FORK, Ptrace.EVENT_VFORK, Ptrace.EVENT_CLONE ->
                life.forked(task, WaitStatus.event(status) == Ptrace.EVENT_VFORK);
            case Ptrace.EVENT_EXEC -> {
                life.executed(task);
                calls.resume(task, 0);
            }
            case Ptrace.EVENT_EXIT -> life.exiting(task);
            case Ptrace.EVENT_STOP -> halted(task, WaitStatus.stopSignal(status));
            default -> {
                if (Looks.isCallStop(status)) {
                    calls.at(task);
                } else {
                    calls.resume(task, WaitStatus.stopSignal(status));
                }
            }
        }
    }

    private void halted(Task task, int signal) {
        boolean keepsStanding = signal == Signal.SIGSTOP.number()
                || signal == Signal.SIGTSTP.number()
                || signal == Signal.SIGTTIN.number()
                || signal == Signal.SIGTTOU.number();
        if (keepsStanding) {
            tracees.listen(task);
        } else {
            calls.resume(task, 0);
        }
    }
}
