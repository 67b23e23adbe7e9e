package org.brkmap.observe;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.brkmap.libc.NativeException;
import org.brkmap.libc.Processes;
import org.brkmap.libc.Ptrace;
import org.brkmap.libc.Signal;
import org.brkmap.libc.WaitStatus;
import org.brkmap.libc.Waiter;
import org.jspecify.annotations.Nullable;

/**
 * The traced threads, and the stops they report. A stop is taken with {@link #next}, acted upon, and ended by one of the
 * resume methods. {@link #stopAll} brings everything to a halt; stops reported meanwhile keep for later.
 */
final class Tracees {
    /** A thread reported a stop, or its end. */
    record Report(Task task, int status) {}

    /** The status of a stop at the entry of a call. */
    private static final int AT_ENTRY = Ptrace.EVENT_SECCOMP << 16 | Signal.SIGTRAP.number() << 8 | 0x7f;

    final Ptrace ptrace = new Ptrace();

    private final Waiter waiter = new Waiter();
    private final StopRequest stop;
    private final Map<Integer, Task> tasks = new LinkedHashMap<>();
    private final Deque<Report> deferred = new ArrayDeque<>();

    /** New children whose first stop came before their parent's word of them. */
    private final Map<Integer, Integer> unclaimed = new LinkedHashMap<>();

    private boolean killing;

    Tracees(StopRequest stop) {
        this.stop = stop;
    }

    Collection<Task> all() {
        return tasks.values();
    }

    /** No thread of this process makes another step of the program's. */
    void doom(int pid) {
        ofProcess(pid).forEach(task -> task.doomed = true);
    }

    /** The threads of a process, without those that are ending. A first thread stays a zombie until all others are gone. */
    List<Task> livingOf(int pid) {
        return ofProcess(pid).stream().filter(task -> !task.exiting).toList();
    }

    List<Task> ofProcess(int pid) {
        return tasks.values().stream().filter(task -> task.pid == pid).toList();
    }

    @Nullable Task find(int tid) {
        return tasks.get(tid);
    }

    int count() {
        return tasks.size();
    }

    Task add(Task task) {
        tasks.put(task.tid, task);
        stop.watch(task.pid);
        Integer status = unclaimed.remove(task.tid);
        if (status != null) {
            task.stopped = true;
            deferred.add(new Report(task, status));
        }
        return task;
    }

    void remove(Task task) {
        tasks.remove(task.tid);
        deferred.removeIf(report -> report.task == task);
        if (tasks.values().stream().noneMatch(other -> other.pid == task.pid)) {
            stop.forget(task.pid);
        }
    }

    /** The next stop or end, or null when no tracee is left. */
    @Nullable Report next() throws NativeException {
        Report kept = deferred.poll();
        return kept != null ? kept : await();
    }

    private @Nullable Report await() throws NativeException {
        while (true) {
            int tid = waiter.waitFor(-1);
            if (tid == -1) {
                return null;
            }
            int status = waiter.status();
            Task task = tasks.get(tid);
            if (task != null) {
                boolean alive = WaitStatus.stopped(status);
                task.stopped = alive;
                task.wasListening = task.listening;
                task.listening = false;
                task.lentToChild = false;
                task.pausing = false;
                return new Report(task, status);
            }
            if (WaitStatus.event(status) == Ptrace.EVENT_EXIT) {
                // Killed before its parent could tell of it; if the parent was killed too, it never will.
                unclaimed.remove(tid);
                ptrace.resume(tid, 0);
            } else if (WaitStatus.stopped(status) && killing) {
                // Born while its parent was being killed: nobody will tell of it any more.
                Processes.kill(tid, Signal.SIGKILL);
                ptrace.resume(tid, 0);
            } else if (WaitStatus.stopped(status)) {
                unclaimed.put(tid, status);
            } else {
                unclaimed.remove(tid);
            }
        }
    }

    /** Stops every running thread. Ends are handled at once by {@code onEnd}, stops later by {@link #next}. */
    void stopAll(Consumer<Report> onEnd, Consumer<Report> onStop) throws NativeException {
        for (Task task : tasks.values()) {
            if (mustStop(task)) {
                ptrace.interrupt(task.tid);
            }
        }
        while (tasks.values().stream().anyMatch(Tracees::mustStop)) {
            Report report = await();
            if (report == null) {
                return;
            }
            if (WaitStatus.stopped(report.status)) {
                if (WaitStatus.event(report.status) == Ptrace.EVENT_EXEC) {
                    // The thread that stopped under this number before is gone; the one that executed has it now.
                    deferred.removeIf(earlier -> earlier.task == report.task);
                }
                onStop.accept(report);
                deferred.add(report);
            } else {
                onEnd.accept(report);
            }
        }
    }

    /** Has a task that stands at the entry of a call handled once more; null is nobody. */
    void enterAgain(@Nullable Task task) {
        if (task != null) {
            deferred.addFirst(new Report(task, AT_ENTRY));
        }
    }

    private static boolean mustStop(Task task) {
        return !task.stopped && !task.listening && !task.lentToChild && !task.exiting && !task.doomed;
    }

    void resume(Task task, int signal) {
        task.stopped = false;
        ptrace.resume(task.tid, signal);
    }

    void resumeToSyscallExit(Task task) {
        task.stopped = false;
        ptrace.resumeToSyscallExit(task.tid);
    }

    void listen(Task task) {
        task.stopped = false;
        task.listening = true;
        ptrace.listen(task.tid);
    }

    /** Ends every process we started, and those that they are just starting. */
    void killAll() {
        killing = true;
        tasks.values().stream()
                .mapToInt(task -> task.pid)
                .distinct()
                .forEach(pid -> Processes.kill(pid, Signal.SIGKILL));
        unclaimed.keySet().forEach(tid -> Processes.kill(tid, Signal.SIGKILL));
    }

    /** Sends every process we started a signal. */
    void signalAll(Signal signal) {
        tasks.values().stream().mapToInt(task -> task.pid).distinct().forEach(pid -> Processes.kill(pid, signal));
    }
}
