package org.brkmap.libc;

/**
 * A status as waitpid(2) reports it. Static functions over an int: the tracer's loop makes no object per stop.
 */
public final class WaitStatus {
    private WaitStatus() {}

    public static boolean exited(int status) {
        return (status & 0x7f) == 0;
    }

    public static int exitCode(int status) {
        return (status >> 8) & 0xff;
    }

    public static boolean killed(int status) {
        return !exited(status) && !stopped(status);
    }

    public static int killingSignal(int status) {
        return status & 0x7f;
    }

    public static boolean stopped(int status) {
        return (status & 0xff) == 0x7f;
    }

    /** The signal of a stop; in a system call stop it bears the mark {@link Ptrace#SYSCALL_STOP}. */
    public static int stopSignal(int status) {
        return (status >> 8) & 0xff;
    }

    /** The PTRACE_EVENT of a stop, or 0 (ptrace(2)). */
    public static int event(int status) {
        return status >>> 16;
    }

    /** Whether the stop is the exit of a system call. */
    public static boolean isCallExit(int status) {
        return event(status) == 0 && stopSignal(status) == (Signal.SIGTRAP.number() | Ptrace.SYSCALL_STOP);
    }
}
