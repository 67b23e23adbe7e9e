package org.brkmap.observe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.brkmap.libc.NativeException;
import org.brkmap.libc.Ptrace;
import org.brkmap.libc.Signal;
import org.brkmap.libc.WaitStatus;
import org.brkmap.model.CheckpointKind;
import org.brkmap.observe.Tracees.Report;
import org.jspecify.annotations.Nullable;

/** Brings a guest to a halt and reads it, now and then while it makes memory calls. For the thread that traces it. */
final class Looks {
    private static final long STOP_NANOS = 3_000_000_000L;
    private static final long BETWEEN_LOOKS_NANOS = 1_000_000_000L;
    private static final int MOST_SNAPSHOTS = 1_000;
    private static final int CALL_STOP = Signal.SIGTRAP.number() | Ptrace.SYSCALL_STOP;

    private final Tracees tracees;
    private final Checkpoints checkpoints;
    private final EventLog log;
    private final MemoryCalls calls;
    private final Consumer<Report> onEnd;
    private final List<String> notes = new ArrayList<>();
    private long lastLook;
    private int eventsAtLook;

    /** Reads what these trace; threads that end while all are being stopped are told to the last. */
    Looks(Tracees tracees, Checkpoints checkpoints, EventLog log, MemoryCalls calls, Consumer<Report> onEnd) {
        this.tracees = tracees;
        this.checkpoints = checkpoints;
        this.log = log;
        this.calls = calls;
        this.onEnd = onEnd;
    }

    List<String> notes() {
        return notes;
    }

    /** Stops every thread. */
    void halt() throws NativeException, InterruptedException {
        if (!tracees.stopAll(onEnd, this::stoppedMeanwhile, STOP_NANOS)) {
            notes.add(
                    "a thread could not be stopped, for it waits in the kernel: for a child by vfork, or for a device");
        }
    }

    private void stoppedMeanwhile(Report report) {
        if (WaitStatus.event(report.status()) == 0 && isCallStop(report.status())) {
            calls.complete(report.task());
        }
    }

    /** Whether a thread stopped at the entry or exit of a call. */
    static boolean isCallStop(int status) {
        return WaitStatus.stopSignal(status) == CALL_STOP;
    }

    /** Stops every thread and reads all processes, because of this one. */
    void look(CheckpointKind kind, String label, @Nullable Task cause) throws IOException, InterruptedException {
        halt();
        if (cause != null) {
            checkpoints.take(kind, label, cause);
        }
        lastLook = System.nanoTime();
        eventsAtLook = log.size();
    }

    /** Reads them if calls were noted since the last look and that was long ago. */
    void lookIfDue(Task cause) throws IOException, InterruptedException {
        boolean due = log.size() > eventsAtLook && System.nanoTime() - lastLook > BETWEEN_LOOKS_NANOS;
        if (due && checkpoints.snapshots().size() < MOST_SNAPSHOTS) {
            look(CheckpointKind.LOOK, "after " + log.size() + " calls", cause);
        }
    }
}
