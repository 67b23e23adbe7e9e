package org.brkmap.observe;

import java.io.IOException;
import org.brkmap.libc.Ptrace;
import org.brkmap.libc.Signal;
import org.brkmap.model.AddressRange;
import org.brkmap.procfs.CurrentCall;
import org.brkmap.procfs.ProcFs;

/** Says in words why a thread got a fatal signal, and what a thread that does not end is doing. */
final class Faults {
    private static final int NOT_MAPPED = 1; // SEGV_MAPERR
    private static final int NOT_ALLOWED = 2; // SEGV_ACCERR
    private static final int PAST_THE_FILE = 2; // BUS_ADRERR

    private Faults() {}

    /** Keeps what the signal tells in the task, for the crash it may lead to. */
    static void describe(Ptrace ptrace, Task task, int number) {
        boolean segmentation = number == Signal.SIGSEGV.number();
        boolean bus = number == Signal.SIGBUS.number();
        boolean other = number == Signal.SIGFPE.number()
                || number == Signal.SIGILL.number()
                || number == Signal.SIGABRT.number()
                || number == Signal.SIGSYS.number();
        if (!segmentation && !bus && !other) {
            return;
        }
        if (ptrace.syscallInfo(task.tid)) {
            task.faultInstruction = ptrace.infoInstruction();
            task.faultStack = ptrace.infoStackPointer();
        }
        task.faultSignal = number;
        task.fault = Signal.nameOf(number);
        if (!other && ptrace.signalInfo(task.tid) && ptrace.signalCode() > 0) {
            String address = AddressRange.hex(ptrace.signalAddress());
            int code = ptrace.signalCode();
            if (segmentation && code == NOT_MAPPED) {
                task.fault = "touched " + address + ", where nothing is mapped";
            } else if (segmentation && code == NOT_ALLOWED) {
                task.fault = "touched " + address + " in a way its mapping does not allow";
            } else if (bus && code == PAST_THE_FILE) {
                task.fault = "touched " + address + ", past the end of the mapped file";
            } else {
                task.fault = Signal.nameOf(number) + " at " + address;
            }
        }
    }

    /** What a thread that reached a limit was doing. */
    static String whatItDoes(ProcFs proc, Task task) {
        try {
            if (task.listening || task.wasListening) {
                return "it was stopped by a signal";
            }
            CurrentCall call = proc.syscall(task.pid, task.tid);
            Long number = call.number();
            if (number == null) {
                return "it was running, not waiting for anything";
            }
            String wait = proc.wchan(task.pid, task.tid)
                    .map(name -> " (kernel: " + name + ")")
                    .orElse("");
            return "it was in " + SystemCall.nameOf(number) + wait;
        } catch (IOException e) {
            return "what it was doing is n/a: " + e.getMessage();
        }
    }
}
