package org.brkmap.observe;

import org.brkmap.libc.CallRecorder;
import org.brkmap.libc.NativeException;
import org.brkmap.model.AddressRange;
import org.jspecify.annotations.Nullable;

/**
 * The short way for a target of one thread: its plain memory calls are noted without the JVM, and come into the log together
 * with the first stop that is something else. {@link MemoryCalls} notes all others, with the same outcome.
 */
final class LoneThread {
    private static final int ROOM = 1024;

    private final CallRecorder recorder;
    private final EventLog log;
    private final @Nullable ProbeMemory probe;

    /** The recorder's library must have been loaded. */
    LoneThread(EventLog log, @Nullable ProbeMemory probe) {
        this.recorder = new CallRecorder(ROOM, EventLog.WIDTH);
        this.log = log;
        this.probe = probe;
        for (SystemCall call : SystemCall.values()) {
            if (call.kind() == SystemCall.Kind.MEMORY && call.number() >= 0) {
                recorder.note(call.number());
            }
        }
        recorder.set(CallRecorder.ORIGIN, log.origin());
    }

    /**
     * Waits for the next stop or end that is not a plain memory call's. The task is the only one, runs, and is in no call.
     *
     * @return whose it is, or −1 if nobody is left
     */
    int waitFor(Task task) throws NativeException {
        AddressRange loader = task.space.loader;
        recorder.set(CallRecorder.PID, task.pid);
        recorder.set(CallRecorder.TID, task.tid);
        recorder.set(CallRecorder.LOADER_START, loader == null ? 0 : loader.start());
        recorder.set(CallRecorder.LOADER_END, loader == null ? 0 : loader.end());
        recorder.set(CallRecorder.EVENTS, log.size());
        if (probe != null) {
            recorder.set(CallRecorder.SLOTS_TAKEN, probe.slotsClaimed());
            recorder.set(CallRecorder.INNER_TID, probe.numberThere(task.tid));
            recorder.set(CallRecorder.SLOT, probe.slotNumber(task.tid));
        }
        int tid = recorder.waitFor(probe == null ? 0 : probe.address());
        log.take(recorder);
        if (probe != null) {
            probe.eventsBegun(log.size());
        }
        if (recorder.underWay()) {
            task.space.take(task);
            task.event = log.size() - 1L;
        }
        return tid;
    }

    /** The status of the child that the last wait returned. */
    int status() {
        return recorder.status();
    }
}
