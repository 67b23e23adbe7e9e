package org.brkmap.observe;

import org.brkmap.libc.Ptrace;

/** What differs between processors: register numbers, and how to leave a system call out. Thread-safe. */
enum Architecture {
    /** struct user_regs_struct of sys/user.h. */
    X86_64(0xc000003e, 19, 10),
    /** struct user_pt_regs of asm/ptrace.h. */
    AARCH64(0xc00000b7, 31, 0);

    static final Architecture NATIVE = "aarch64".equals(System.getProperty("os.arch")) ? AARCH64 : X86_64;

    private static final int GENERAL = 1; // NT_PRSTATUS
    private static final int ARM_SYSTEM_CALL = 0x404; // NT_ARM_SYSTEM_CALL
    private static final int X86_CALL_NUMBER = 15;
    private static final int ARM_CALL_NUMBER = 8; // x8
    private static final long FIRST_RESTART = -516; // -ERESTART_RESTARTBLOCK
    private static final long LAST_RESTART = -512; // -ERESTARTSYS
    private static final long EINTR = -4;

    private final int audit;
    private final int stackPointer;
    private final int result;

    Architecture(int audit, int stackPointer, int result) {
        this.audit = audit;
        this.stackPointer = stackPointer;
        this.result = result;
    }

    /** The word by which seccomp(2) and ptrace(2) name it. */
    int audit() {
        return audit;
    }

    /** Makes the call a stopped task is about to make end at once, with this result. */
    boolean skipCall(Ptrace ptrace, int tid, long value) {
        if (this == AARCH64) {
            if (!ptrace.readRegisters(tid, ARM_SYSTEM_CALL)) {
                return false;
            }
            ptrace.setRegister(0, -1);
            if (!ptrace.writeRegisters(tid, ARM_SYSTEM_CALL) || !ptrace.readRegisters(tid, GENERAL)) {
                return false;
            }
        } else {
            if (!ptrace.readRegisters(tid, GENERAL)) {
                return false;
            }
            ptrace.setRegister(X86_CALL_NUMBER, -1);
        }
        ptrace.setRegister(result, value);
        return ptrace.writeRegisters(tid, GENERAL);
    }

    /** Reads the registers that {@link #stackPointer}, {@link #result} and {@link #interruptedCall} tell of. */
    boolean readRegisters(Ptrace ptrace, int tid) {
        return ptrace.readRegisters(tid, GENERAL);
    }

    long stackPointer(Ptrace ptrace) {
        return ptrace.register(stackPointer);
    }

    /** What the last call returned; ENOSYS, negative, while a call has not been carried out. */
    long result(Ptrace ptrace) {
        return ptrace.register(result);
    }

    /** The number of the call that a stop interrupted, or −1 if it interrupted none. */
    long interruptedCall(Ptrace ptrace) {
        long value = ptrace.register(result);
        boolean interrupted = (value >= FIRST_RESTART && value <= LAST_RESTART) || value == EINTR;
        return interrupted ? ptrace.register(this == X86_64 ? X86_CALL_NUMBER : ARM_CALL_NUMBER) : -1;
    }
}
