package org.brkmap.observe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.brkmap.libc.Ptrace;
import org.brkmap.libc.RemoteMemory;
import org.brkmap.model.CheckpointKind;
import org.brkmap.observe.SystemCall.Kind;
import org.jspecify.annotations.Nullable;

/** The system calls of a guest, each stopped at its entry and at its exit: those about memory and processes are noted. */
final class GuestCalls {
    private static final long SET_VMA = 0x53564d41; // PR_SET_VMA
    private static final long SET_MM = 35; // PR_SET_MM

    private final Ptrace ptrace;
    private final EventLog log;
    private final MemoryCalls calls;
    private final Looks looks;
    private final RemoteMemory memory = new RemoteMemory();
    private final List<String> notes = new ArrayList<>();
    /** Threads at the entry to a call that waited for one whose end we heard of while all others were being stopped. */
    private final Deque<Task> ready = new ArrayDeque<>();

    private boolean unfollowable;

    GuestCalls(Ptrace ptrace, EventLog log, MemoryCalls calls, Looks looks) {
        this.ptrace = ptrace;
        this.log = log;
        this.calls = calls;
        this.looks = looks;
    }

    List<String> notes() {
        List<String> all = new ArrayList<>(notes);
        all.addAll(calls.notes());
        return all;
    }

    /** Lets a stopped thread go on to its next call, with a signal or 0. */
    void resume(Task task, int signal) {
        task.stopped = false;
        ptrace.resumeToSyscall(task.tid, signal);
    }

    /** The thread stands at the entry or at the exit of a call. */
    void at(Task task) throws IOException, InterruptedException {
        if (ptrace.syscallInfo(task.tid) && ptrace.infoKind() == Ptrace.AT_ENTRY) {
            entered(task);
        } else {
            calls.complete(task);
            release(task.space.release(task));
            looks.lookIfDue(task);
            resume(task, 0);
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
                    looks.look(CheckpointKind.EXIT, "exit", task);
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

    /** Lets a thread that waited at its entry for another's call go on; null is nobody. */
    void release(@Nullable Task next) throws IOException, InterruptedException {
        if (next != null && next.stopped && ptrace.syscallInfo(next.tid)) {
            entered(next);
        }
    }

    /** Keeps a thread to be released once all is not being stopped any more; null is nobody. */
    void releaseLater(@Nullable Task next) {
        if (next != null) {
            ready.add(next);
        }
    }

    /** Releases a thread that was kept; false if there is none. */
    boolean releaseKept() throws IOException, InterruptedException {
        Task next = ready.poll();
        release(next);
        return next != null;
    }
}
