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
    private final @Nullable StopRequest stop;
    private final Map<Integer, Task> tasks = new LinkedHashMap<>();
    private final Deque<Report> deferred = new ArrayDeque<>();

    /** New children whose first stop came before their parent's word of them. */
    private final Map<Integer, Integer> unclaimed = new LinkedHashMap<>();

    private boolean killing;

    /** Threads that a request to stop ends; null for guests, which nothing of ours ends. */
    Tracees(@Nullable StopRequest stop) {
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
        if (stop != null) {
            stop.watch(task.pid);
        }
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
        if (stop != null && tasks.values().stream().noneMatch(other -> other.pid == task.pid)) {
            stop.forget(task.pid);
        }
    }

    /**
     * The next stop or end, or null when no tracee is left.
     *
     * @param loneThread takes the short way where the target has one thread; null for the long one
     */
    @Nullable Report next(@Nullable LoneThread loneThread) throws NativeException {
        Report kept = deferred.poll();
        return kept != null ? kept : await(loneThread);
    }

    private @Nullable Report await(@Nullable LoneThread loneThread) throws NativeException {
        Report report = null;
        int tid = 0;
        while (report == null && tid != -1) {
            Task only = loneThread == null ? null : onlyOne();
            int status;
            if (loneThread == null || only == null) {
                tid = waiter.waitFor(-1);
                status = waiter.status();
            } else {
                tid = loneThread.waitFor(only);
                status = loneThread.status();
            }
            report = tid == -1 ? null : reportOf(tid, status);
        }
        return report;
    }

    /** The only thread there is, if it runs freely and is in no call; or null. */
    private @Nullable Task onlyOne() {
        if (tasks.size() != 1 || !unclaimed.isEmpty()) {
            return null;
        }
        Task task = tasks.values().iterator().next();
        return task.event < 0 && task.space.isFree() ? task : null;
    }

    /** The next stop or end, or null if there is none at the moment. */
    @Nullable Report poll() throws NativeException {
        Report kept = deferred.poll();
        return kept != null ? kept : pollFresh();
    }

    private @Nullable Report pollFresh() throws NativeException {
        Report report = null;
        int tid = 1;
        while (report == null && tid > 0) {
            tid = waiter.poll(-1);
            report = tid <= 0 ? null : reportOf(tid, waiter.status());
        }
        return report;
    }

    /** What the wait has just told of a thread; null if nobody has told of the thread yet. */
    private @Nullable Report reportOf(int tid, int status) {
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
        return null;
    }

    /**
     * Stops every running thread. Ends are handled at once by {@code onEnd}, stops later by {@link #next}. A thread that does not
     * stop in that time, such as one whose vforked child has its memory, counts as one that will not run.
     *
     * @return whether all stopped
     */
    boolean stopAll(Consumer<Report> onEnd, Consumer<Report> onStop, long patienceNanos)
            throws NativeException, InterruptedException {
        Backoff backoff = new Backoff(2);
        long deadline = System.nanoTime() + patienceNanos;
        interruptAll();
        while (tasks.values().stream().anyMatch(Tracees::mustStop)) {
            Report report = pollFresh();
            if (report != null) {
                backoff.reset();
                keep(report, onEnd, onStop);
            } else if (System.nanoTime() - deadline > 0) {
                tasks.values().stream().filter(Tracees::mustStop).forEach(task -> task.lentToChild = true);
                return false;
            } else {
                backoff.pause();
            }
        }
        return true;
    }

    private void interruptAll() {
        tasks.values().stream().filter(Tracees::mustStop).forEach(task -> ptrace.interrupt(task.tid));
    }

    private void keep(Report report, Consumer<Report> onEnd, Consumer<Report> onStop) {
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

    /** The stops that were reported and not yet acted upon. */
    List<Report> kept() {
        return List.copyOf(deferred);
    }

    /** A thread that stopped with such an event, which counts as acted upon from here; or null. */
    @Nullable Task takeKept(int event) {
        for (Report report : deferred) {
            if (WaitStatus.event(report.status) == event) {
                deferred.remove(report);
                return report.task;
            }
        }
        return null;
    }

    /** Lets go of every stopped thread, with the signal that it was just about to get; the kernel lets go of the others. */
    void detachAll() {
        for (Report report : deferred) {
            boolean signal = WaitStatus.event(report.status) == 0
                    && WaitStatus.stopSignal(report.status) != (Signal.SIGTRAP.number() | Ptrace.SYSCALL_STOP);
            ptrace.detach(report.task.tid, signal ? WaitStatus.stopSignal(report.status) : 0);
            tasks.remove(report.task.tid);
        }
        tasks.keySet().forEach(tid -> ptrace.detach(tid, 0));
        unclaimed.keySet().forEach(tid -> ptrace.detach(tid, 0));
        tasks.clear();
        deferred.clear();
        unclaimed.clear();
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
