package org.brkmap.observe;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.brkmap.libc.Processes;
import org.brkmap.libc.Signal;
import org.jspecify.annotations.Nullable;

/**
 * Asks the tracer to end a run: by a deadline, by too much output, by an interrupt. The tracer may be asleep in a wait that
 * only its children end, so a request stops one of them to wake it, and kills them all if that does not help. Thread-safe.
 */
final class StopRequest implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 3;
    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "brkmap-clock");
        thread.setDaemon(true);
        return thread;
    });

    private final Set<Integer> processes = ConcurrentHashMap.newKeySet();
    private final ScheduledFuture<?> deadline;
    private volatile @Nullable String reason;
    private volatile @Nullable ScheduledFuture<?> lastResort;
    private volatile boolean closed;

    StopRequest(Duration wallTime) {
        deadline = CLOCK.schedule(
                () -> ask("time limit of " + seconds(wallTime)), wallTime.toMillis(), TimeUnit.MILLISECONDS);
    }

    void ask(String newReason) {
        synchronized (this) {
            if (closed || reason != null) {
                return;
            }
            reason = newReason;
        }
        wakeAll();
        lastResort = CLOCK.schedule(() -> signalAll(Signal.SIGKILL), PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Why the run is to end, or null if it is not. */
    @Nullable String reason() {
        return reason;
    }

    void watch(int pid) {
        processes.add(pid);
        if (reason != null) {
            Processes.kill(pid, Signal.SIGSTOP);
        }
    }

    void forget(int pid) {
        processes.remove(pid);
    }

    /** SIGCONT ends a group-stop, which SIGSTOP would leave as it is; SIGSTOP cannot be blocked, which SIGCONT can. */
    private void wakeAll() {
        signalAll(Signal.SIGCONT);
        signalAll(Signal.SIGSTOP);
    }

    private void signalAll(Signal signal) {
        for (int pid : processes) {
            if (!closed) {
                Processes.kill(pid, signal);
            }
        }
    }

    private static String seconds(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    @Override
    public void close() {
        closed = true;
        deadline.cancel(false);
        ScheduledFuture<?> second = lastResort;
        if (second != null) {
            second.cancel(false);
        }
    }
}
