package org.brkmap.observe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.brkmap.libc.Errno;
import org.brkmap.libc.Ptrace;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;
import org.brkmap.procfs.ProcFs;
import org.jspecify.annotations.Nullable;

/** Follows memory calls from entry to exit, one at a time in each address space, and writes them to the log. */
final class MemoryCalls {
    private static final int ARGUMENTS = 6;
    private static final long MAP_ANONYMOUS = 0x20;
    private static final long LARGEST_ERRNO = 4095;

    private final Tracees tracees;
    private final Ptrace ptrace;
    private final EventLog log;
    private final @Nullable ProbeMemory probe;
    private final ProcFs proc;
    private final List<String> notes = new ArrayList<>();

    MemoryCalls(Tracees tracees, EventLog log, @Nullable ProbeMemory probe, ProcFs proc) {
        this.tracees = tracees;
        this.ptrace = tracees.ptrace;
        this.log = log;
        this.probe = probe;
        this.proc = proc;
    }

    /**
     * The task stands at the entry of a call; if another's is under way in its address space, it waits its turn there.
     *
     * @param noted whether the call goes to the log: those of our launcher do not
     */
    void enter(Task task, SystemCall call, boolean noted) {
        if (!task.space.take(task)) {
            return;
        }
        if (noted) {
            task.event = begin(task, call);
        }
        tracees.resumeToSyscallExit(task);
    }

    /** Notes the call that the ptrace info describes, with the call of the C library behind it. */
    int begin(Task task, SystemCall call) {
        long instruction = ptrace.infoInstruction();
        int event = log.begin(task, call, instruction);
        for (int i = 0; i < ARGUMENTS; i++) {
            log.argument(event, i, ptrace.infoArgument(i));
        }
        if (probe != null) {
            AddressRange loader = task.space.loader;
            probe.nameCause(log, event, task.tid, loader != null && loader.contains(instruction));
            probe.eventsBegun(log.size());
        }
        return event;
    }

    /** Notes a call that does not come back, and does all it is to do. */
    void leavesForGood(Task task, SystemCall call) {
        log.end(begin(task, call), 0, false);
    }

    /** The task was killed in its call: where that was carried out nevertheless, its result is in the registers yet. */
    void cutOff(Task task) {
        if (task.event < 0 || !Architecture.NATIVE.readRegisters(ptrace, task.tid)) {
            return;
        }
        long result = Architecture.NATIVE.result(ptrace);
        if (result != -Errno.ENOSYS && log.call((int) task.event).kind() == SystemCall.Kind.MEMORY) {
            log.end((int) task.event, result, result < 0 && result >= -LARGEST_ERRNO);
        }
        task.event = -1;
    }

    /** The task stands at the exit of its call. */
    void leave(Task task) {
        complete(task);
        tracees.enterAgain(task.space.release(task));
        tracees.resume(task, 0);
    }

    /** Notes how the task's call ended; it stands at the exit of it, and stays there. */
    void complete(Task task) {
        if (task.event < 0 || !ptrace.syscallInfo(task.tid) || ptrace.infoKind() != Ptrace.AT_EXIT) {
            return;
        }
        int event = (int) task.event;
        task.event = -1;
        long result = ptrace.infoResult();
        log.end(event, result, ptrace.infoFailed());
        if (ptrace.infoFailed()) {
            return;
        }
        SystemCall call = log.call(event);
        try {
            if (call == SystemCall.MMAP) {
                nameFile(task, event);
            } else if (call == SystemCall.SHMAT) {
                measure(task, event, result);
            }
        } catch (IOException e) {
            notes.add("what lies behind a mapping is n/a: " + e.getMessage());
        }
    }

    /** What could not be learnt of a call. */
    List<String> notes() {
        return notes;
    }

    private void nameFile(Task task, int event) throws IOException {
        int fd = (int) log.argument(event, 4);
        if ((log.argument(event, 3) & MAP_ANONYMOUS) == 0 && fd >= 0) {
            proc.fileBehind(task.tid, fd).ifPresent(path -> log.file(event, path));
        }
    }

    /** shmat does not say how much it attaches. */
    private void measure(Task task, int event, long address) throws IOException {
        Mapping mapping = proc.mappingAt(task.tid, address).orElse(null);
        if (mapping != null) {
            log.extent(event, mapping.range().end() - address);
            log.file(event, mapping.backing().name());
        }
    }
}
