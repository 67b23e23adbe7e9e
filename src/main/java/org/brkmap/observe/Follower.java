package org.brkmap.observe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.brkmap.libc.NativeException;
import org.brkmap.libc.Ptrace;
import org.brkmap.libc.RemoteMemory;
import org.brkmap.libc.Signal;
import org.brkmap.libc.WaitStatus;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Ending;
import org.brkmap.observe.SystemCall.Kind;
import org.brkmap.observe.Tracees.Report;
import org.brkmap.procfs.ProcFs;
import org.jspecify.annotations.Nullable;

/**
 * Follows a process that ran before us and is to run after us. It has no filter of ours, so every call of it stops twice; only
 * those about memory and the life of processes are noted. One thread makes all of it.
 */
final class Follower {
    private static final long STOP_NANOS = 3_000_000_000L;
    private static final long BETWEEN_LOOKS_NANOS = 1_000_000_000L;
    private static final int LONGEST_PAUSE_MILLIS = 10;
    private static final int MOST_EVENTS = 1_000_000;
    private static final int MOST_SNAPSHOTS = 1_000;
    private static final long SET_VMA = 0x53564d41; // PR_SET_VMA
    private static final long SET_MM = 35; // PR_SET_MM
    private static final long CLONE_VM = 0x100;

    private final Tracees tracees;
    private final Checkpoints checkpoints;
    private final EventLog log;
    private final ProcFs proc;
    private final Ptrace ptrace;
    private final MemoryCalls calls;
    private final RemoteMemory memory = new RemoteMemory();
    private final Backoff backoff = new Backoff(LONGEST_PAUSE_MILLIS);
    private final List<String> notes = new ArrayList<>();
    /** Threads at the entry to a call that waited for one whose end we heard of while all others were being stopped. */
    private final Deque<Task> ready = new ArrayDeque<>();

    private int root;
    private long lastLook;
    private int eventsAtLook;
    private boolean unfollowable;
    private @Nullable Ending ending;

    Follower(Tracees tracees, Checkpoints checkpoints, EventLog log, ProcFs proc) {
        this.tracees = tracees;
        this.checkpoints = checkpoints;
        this.log = log;
        this.proc = proc;
        this.ptrace = tracees.ptrace;
        this.calls = new MemoryCalls(tracees, log, null, proc);
    }

    /** Why the process is to be let go of, or null while it is not. */
    interface Leave {
        @Nullable String reason();
    }

    List<String> notes() {
        List<String> all = new ArrayList<>(notes);
        all.addAll(calls.notes());
        return all;
    }

    /** Stops all threads of the process, held already, and reads it as it is found. */
    void begin(int pid) throws IOException, InterruptedException {
        root = pid;
        look(CheckpointKind.ATTACH, "attach", tracees.find(pid));
    }

    /** Follows it until it ends or is to be let go of; then leaves it and all its children as if nobody had been there. */
    Ending follow(Leave leave) throws IOException, InterruptedException {
        String reason = null;
        while (ending == null && tracees.count() > 0 && reason == null) {
            Task next = ready.poll();
            Report report = next == null ? tracees.poll() : null;
            if (next != null) {
                release(next);
            } else if (report == null) {
                backoff.pause();
            } else {
                backoff.reset();
                handle(report);
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
        return ending == null ? Ending.detached() : ending;
    }

    private void letGo() throws IOException, InterruptedException {
        halt();
        while (adoptNewborn()) {
            halt();
        }
        Task main = tracees.find(root);
        if (ending == null && main != null && !main.space.exitSeen) {
            checkpoints.take(CheckpointKind.DETACH, "detach", main);
        }
        // A thread that keeps its group-stop must trap once more to be let go of; it stays stopped then.
        for (Task task : tracees.all()) {
            if (task.listening) {
                task.listening = false;
                ptrace.interrupt(task.tid);
            }
        }
        halt();
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

    private void halt() throws NativeException, InterruptedException {
        if (!tracees.stopAll(this::ended, this::stoppedMeanwhile, STOP_NANOS)) {
            notes.add(
                    "a thread could not be stopped, for it waits in the kernel: for a child by vfork, or for a device");
        }
    }

    private void look(CheckpointKind kind, String label, @Nullable Task cause)
            throws IOException, InterruptedException {
        halt();
        if (cause != null) {
            checkpoints.take(kind, label, cause);
        }
        lastLook = System.nanoTime();
        eventsAtLook = log.size();
    }

    private void stoppedMeanwhile(Report report) {
        if (WaitStatus.event(report.status()) == 0 && isCallStop(report.status())) {
            calls.complete(report.task());
        }
    }

    private static boolean isCallStop(int status) {
        return WaitStatus.stopSignal(status) == (Signal.SIGTRAP.number() | Ptrace.SYSCALL_STOP);
    }

    private void resume(Task task, int signal) {
        task.stopped = false;
        ptrace.resumeToSyscall(task.tid, signal);
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
                forked(task, WaitStatus.event(status) == Ptrace.EVENT_VFORK);
            case Ptrace.EVENT_EXEC -> executed(task);
            case Ptrace.EVENT_EXIT -> exiting(task);
            case Ptrace.EVENT_STOP -> halted(task, WaitStatus.stopSignal(status));
            default -> {
                if (isCallStop(status)) {
                    atCall(task);
                } else {
                    resume(task, WaitStatus.stopSignal(status));
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
            resume(task, 0);
        }
    }

    // ---- calls ----

    private void atCall(Task task) throws IOException, InterruptedException {
        if (ptrace.syscallInfo(task.tid) && ptrace.infoKind() == Ptrace.AT_ENTRY) {
            entered(task);
        } else {
            calls.complete(task);
            release(task.space.release(task));
            if (log.size() > eventsAtLook && System.nanoTime() - lastLook > BETWEEN_LOOKS_NANOS) {
                lookAgain(task);
            }
            resume(task, 0);
        }
    }

    private void lookAgain(Task task) throws IOException, InterruptedException {
        if (checkpoints.snapshots().size() < MOST_SNAPSHOTS) {
            look(CheckpointKind.LOOK, "after " + log.size() + " calls", task);
        }
    }

    private void entered(Task task) throws IOException, InterruptedException {
        SystemCall call = SystemCall.of(ptrace.infoNumber());
        if (ptrace.infoArchitecture() != Architecture.NATIVE.audit()) {
            if (!unfollowable) {
                notes.add("calls of another architecture are not noted");
            }
            unfollowable = true;
            call = null;
        }
        Kind kind = call == null || isOtherPrctl(call) ? Kind.OTHER : call.kind();
        switch (kind) {
            case MEMORY, FORK, EXEC -> {
                if (!task.space.take(task)) {
                    return;
                }
                task.event = begin(task, Objects.requireNonNull(call));
            }
            case EXIT -> {
                if (task.space.pid == task.pid && !task.space.exitSeen) {
                    look(CheckpointKind.EXIT, "exit", task);
                    task.space.exitSeen = true;
                }
            }
            default -> {}
        }
        resume(task, 0);
    }

    private int begin(Task task, SystemCall call) {
        long structure = ptrace.infoArgument(0);
        int event = calls.begin(task, call);
        if (call == SystemCall.CLONE3) {
            // Its flags are the first member of the structure that it is given: they stand for the address, as in
            // clone(2).
            ByteBuffer flags = memory.read(task.tid, structure, Long.BYTES);
            log.argument(event, 0, flags.limit() == Long.BYTES ? flags.getLong(0) : 0);
        }
        return event;
    }

    private boolean isOtherPrctl(SystemCall call) {
        long option = ptrace.infoArgument(0);
        return call == SystemCall.PRCTL && option != SET_VMA && option != SET_MM;
    }

    private void release(@Nullable Task next) throws IOException, InterruptedException {
        if (next != null && next.stopped && ptrace.syscallInfo(next.tid)) {
            entered(next);
        }
    }

    // ---- life of processes ----

    private void forked(Task parent, boolean lendsMemory) throws IOException, InterruptedException {
        int tid = (int) ptrace.eventMessage(parent.tid);
        if (tid <= 0) {
            // The parent was killed at this very stop, and can no longer tell.
            resume(parent, 0);
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
        release(parent.space.release(parent));
        resume(parent, 0);
        parent.lentToChild = lendsMemory;
    }

    private int processOf(int tid, Task parent) {
        try {
            return proc.status(tid).threadGroup();
        } catch (IOException e) {
            return parent.event >= 0 && log.call((int) parent.event) == SystemCall.FORK ? tid : parent.pid;
        }
    }

    private void executed(Task task) throws IOException, InterruptedException {
        Task caller = tracees.find((int) ptrace.eventMessage(task.tid));
        long event = caller == null ? task.event : caller.event;
        if (event >= 0) {
            log.end((int) event, 0, false);
        }
        for (Task other : tracees.ofProcess(task.pid)) {
            release(other.space.forget(other));
            if (other != task) {
                tracees.remove(other);
            }
        }
        task.event = -1;
        task.exiting = false;
        task.space = new AddressSpace(task.pid);
        look(CheckpointKind.EXEC, "exec", task);
        resume(task, 0);
    }

    private void exiting(Task task) throws IOException, InterruptedException {
        int status = (int) ptrace.eventMessage(task.tid);
        if (status >= 0 && WaitStatus.killed(status) && !task.space.exitSeen && task.space.pid == task.pid) {
            look(CheckpointKind.CRASH, Signal.nameOf(WaitStatus.killingSignal(status)), task);
            task.space.exitSeen = true;
        }
        task.exiting = true;
        release(task.space.forget(task));
        resume(task, 0);
    }

    private void ended(Report report) {
        Task task = report.task();
        int status = report.status();
        Task next = task.space.forget(task);
        tracees.remove(task);
        if (next != null) {
            ready.add(next);
        }
        if (task.tid == root) {
            ending = WaitStatus.exited(status)
                    ? new Ending(WaitStatus.exitCode(status), null, null, null, null)
                    : new Ending(null, Signal.nameOf(WaitStatus.killingSignal(status)), null, null, null);
        }
    }
}
