package org.brkmap.observe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.brkmap.libc.CallListener;
import org.brkmap.libc.Errno;
import org.brkmap.libc.NativeException;
import org.brkmap.libc.RemoteMemory;
import org.brkmap.model.CheckpointKind;

/**
 * The moments of a program that has no tracer: its filter reports checkpoint(), long sleeps and the end to a listener, and the
 * caller sleeps in its call until it is answered. Threads beside it run on.
 */
final class Marks implements AutoCloseable {
    private static final int LISTENER = 3;
    private static final int LABEL_BYTES = 256;
    private static final int LONGEST_PAUSE_MILLIS = 10;

    private final CallListener listener;
    private final Tracees tracees;
    private final Checkpoints checkpoints;
    private final RemoteMemory memory = new RemoteMemory();

    private Marks(CallListener listener, Tracees tracees, Checkpoints checkpoints) {
        this.listener = listener;
        this.tracees = tracees;
        this.checkpoints = checkpoints;
    }

    /** Listens to a process that its launcher has just stopped. */
    static Marks of(int pid, Tracees tracees, Checkpoints checkpoints) throws NativeException {
        return new Marks(CallListener.of(pid, LISTENER), tracees, checkpoints);
    }

    /** Waits for a moment, or for a while. */
    void await() {
        listener.await(LONGEST_PAUSE_MILLIS);
    }

    /** Reads all processes at a moment of one of them, and lets that go on; false if there is none now. */
    boolean answerOne(Household household) throws IOException {
        if (!listener.receive()) {
            return false;
        }
        SystemCall call = SystemCall.of(listener.number());
        if (call == SystemCall.WRITE) {
            take(
                    CheckpointKind.MARKER,
                    label(memory, listener.tid(), listener.argument(1), listener.argument(2)),
                    household);
            listener.answer(Errno.EBADF);
        } else if (call == SystemCall.EXIT_GROUP) {
            take(CheckpointKind.EXIT, "exit", household);
            listener.pass();
        } else if (isSkipped(call == SystemCall.CLOCK_NANOSLEEP)) {
            listener.answer(0);
        } else {
            listener.pass();
        }
        return true;
    }

    private void take(CheckpointKind kind, String label, Household household) throws IOException {
        Task task = tracees.find(listener.tid());
        if (task == null) {
            household.refresh();
            task = tracees.find(listener.tid());
        }
        if (task != null) {
            checkpoints.take(kind, label, task);
        }
    }

    /** The label that a thread marks a moment with. */
    static String label(RemoteMemory memory, int tid, long address, long length) {
        ByteBuffer bytes = memory.read(tid, address, Math.min(Math.max(0, length), LABEL_BYTES));
        String label = StandardCharsets.UTF_8.decode(bytes).toString().strip();
        return label.isEmpty() ? "checkpoint" : label;
    }

    /** As under a tracer: a long sleep that nothing else runs beside is over at once. */
    private boolean isSkipped(boolean clock) {
        boolean absolute = clock && listener.argument(1) != 0;
        ByteBuffer time = memory.read(listener.tid(), listener.argument(clock ? 2 : 0), 16);
        return !absolute && time.limit() == 16 && time.getLong(0) >= 1 && tracees.count() == 1;
    }

    @Override
    public void close() {
        listener.close();
    }
}
