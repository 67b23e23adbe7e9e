package org.brkmap.observe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.brkmap.libc.Ptrace;
import org.brkmap.libc.RemoteMemory;
import org.brkmap.model.Mapping;
import org.brkmap.procfs.ProcFs;

/** Notes the calls of guests: from the entry that the ptrace info tells of, to the exit. */
final class CallRecorder {
    private static final int ANONYMOUS = 0x20; // MAP_ANONYMOUS

    private final Ptrace ptrace;
    private final EventLog log;
    private final ProcFs proc;
    private final RemoteMemory memory = new RemoteMemory();
    private final List<String> notes = new ArrayList<>();

    CallRecorder(Ptrace ptrace, EventLog log, ProcFs proc) {
        this.ptrace = ptrace;
        this.log = log;
        this.proc = proc;
    }

    /** Begins an event for the call that the ptrace info just read describes. */
    int begin(Task task, SystemCall call) {
        int event = log.begin(task, call, ptrace.infoInstruction());
        for (int i = 0; i < 6; i++) {
            log.argument(event, i, ptrace.infoArgument(i));
        }
        if (call == SystemCall.CLONE3) {
            // Its flags are the first member of the structure that it is given: they stand for the address, as in
            // clone(2).
            ByteBuffer flags = memory.read(task.tid, ptrace.infoArgument(0), Long.BYTES);
            log.argument(event, 0, flags.limit() == Long.BYTES ? flags.getLong(0) : 0);
        }
        return event;
    }

    /** Ends the task's event, if it is at the exit of one. */
    void complete(Task task) {
        if (task.event < 0 || !ptrace.syscallInfo(task.tid) || ptrace.infoKind() != Ptrace.AT_EXIT) {
            return;
        }
        int event = (int) task.event;
        task.event = -1;
        long result = ptrace.infoResult();
        boolean failed = ptrace.infoFailed();
        log.end(event, result, failed);
        if (failed) {
            return;
        }
        try {
            explain(task, event, result);
        } catch (IOException e) {
            notes.add("what lies behind a mapping is n/a: " + e.getMessage());
        }
    }

    private void explain(Task task, int event, long result) throws IOException {
        int fd = (int) log.argument(event, 4);
        boolean anonymous = (log.argument(event, 3) & ANONYMOUS) != 0;
        if (log.call(event) == SystemCall.MMAP && !anonymous && fd >= 0) {
            proc.fileBehind(task.tid, fd).ifPresent(path -> log.file(event, path));
        } else if (log.call(event) == SystemCall.SHMAT) {
            Optional<Mapping> attached = proc.maps(task.tid).stream()
                    .filter(mapping -> mapping.range().contains(result))
                    .findFirst();
            if (attached.isPresent()) {
                log.extent(event, attached.get().range().end() - result);
                log.file(event, attached.get().backing().name());
            }
        }
    }

    List<String> notes() {
        return notes;
    }
}
