package org.brkmap.libc;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * ptrace(2), as far as the tracer needs it. Every call must come from the thread that seized the tracee: the kernel ties
 * the two together. Not thread-safe; one instance for each tracer.
 *
 * <p>Calls that concern a tracee which has just been killed report {@code false} instead of failing: that is no error, the
 * next wait tells of its end.
 */
public final class Ptrace {
    /** The tracee's calls are to be marked in their stops' signal. */
    public static final int SYSCALL_STOP = 0x80;

    public static final int EVENT_FORK = 1;
    public static final int EVENT_VFORK = 2;
    public static final int EVENT_CLONE = 3;
    public static final int EVENT_EXEC = 4;
    public static final int EVENT_EXIT = 6;
    public static final int EVENT_SECCOMP = 7;
    public static final int EVENT_STOP = 128;

    /** What {@link #syscallInfo} found the tracee stopped at. */
    public static final int AT_NONE = 0;

    public static final int AT_ENTRY = 1;
    public static final int AT_EXIT = 2;
    public static final int AT_SECCOMP = 3;

    private static final long CONT = 7;
    private static final long DETACH = 17;
    private static final long SYSCALL = 24;
    private static final long GETEVENTMSG = 0x4201;
    private static final long GETSIGINFO = 0x4202;
    private static final long GETREGSET = 0x4204;
    private static final long SETREGSET = 0x4205;
    private static final long SEIZE = 0x4206;
    private static final long INTERRUPT = 0x4207;
    private static final long LISTEN = 0x4208;
    private static final long GET_SYSCALL_INFO = 0x420e;

    // TRACESYSGOOD, TRACEFORK, TRACEVFORK, TRACECLONE, TRACEEXEC, TRACEEXIT, TRACESECCOMP, EXITKILL
    private static final long OPTIONS = 1 | 1 << 1 | 1 << 2 | 1 << 3 | 1 << 4 | 1 << 6 | 1 << 7 | 1 << 20;

    // TRACESYSGOOD, TRACEFORK, TRACEVFORK, TRACECLONE, TRACEEXEC, TRACEEXIT: a process that is not ours outlives us,
    // and answers
    // of a filter of its own stay what they are
    private static final long GUEST_OPTIONS = 1 | 1 << 1 | 1 << 2 | 1 << 3 | 1 << 4 | 1 << 6;

    private static final int INFO_SIZE = 88;
    private static final int REGISTERS_SIZE = 512;

    private final Memory memory = CLibrary.memory(INFO_SIZE + REGISTERS_SIZE + 16 + 128);
    private final long infoAddress = Pointer.nativeValue(memory);
    private final long registersAddress = infoAddress + INFO_SIZE;
    private final long vectorAddress = registersAddress + REGISTERS_SIZE;
    private final long signalAddress = vectorAddress + 16;
    private final ByteBuffer buffer = memory.getByteBuffer(0, memory.size()).order(ByteOrder.nativeOrder());

    /** Takes hold of a process that this thread started, and of all it will start; all die with the tracer. */
    public void seize(int pid) throws NativeException {
        if (CLibrary.ptrace(SEIZE, pid, 0, OPTIONS) == -1) {
            throw NativeException.last("taking hold of process " + pid + " (ptrace)");
        }
    }

    /** Takes hold of a thread that runs already, and of all it will start; they live on when the tracer lets go or dies. */
    public void seizeGuest(int tid) throws NativeException {
        if (CLibrary.ptrace(SEIZE, tid, 0, GUEST_OPTIONS) == -1) {
            throw NativeException.last("taking hold of thread " + tid + " (ptrace)");
        }
    }

    /** Lets go of a stopped tracee, which goes on as if it had never been held, and delivers the signal if it is not 0. */
    public boolean detach(int tid, int signal) {
        return CLibrary.ptrace(DETACH, tid, 0, signal) != -1;
    }

    /** Lets a stopped tracee run, and delivers the signal if it is not 0. */
    public boolean resume(int tid, int signal) {
        return CLibrary.ptrace(CONT, tid, 0, signal) != -1;
    }

    /** Lets it run up to the end of its system call. */
    public boolean resumeToSyscallExit(int tid) {
        return resumeToSyscall(tid, 0);
    }

    /** Lets it run up to the next entry to, or exit from, a system call, and delivers the signal if it is not 0. */
    public boolean resumeToSyscall(int tid, int signal) {
        return CLibrary.ptrace(SYSCALL, tid, 0, signal) != -1;
    }

    /** Keeps it in the group-stop it entered, yet hears when that ends. */
    public boolean listen(int tid) {
        return CLibrary.ptrace(LISTEN, tid, 0, 0) != -1;
    }

    /** Asks a running tracee to stop; a wait reports when it has. */
    public boolean interrupt(int tid) {
        return CLibrary.ptrace(INTERRUPT, tid, 0, 0) != -1;
    }

    /** The message of the tracee's event: a new child's id, a former thread id, an exit status. */
    public long eventMessage(int tid) {
        return CLibrary.ptrace(GETEVENTMSG, tid, 0, infoAddress) == -1 ? -1 : buffer.getLong(0);
    }

    /** Reads about the system call the tracee is stopped in; the info… methods then tell of it. */
    public boolean syscallInfo(int tid) {
        return CLibrary.ptrace(GET_SYSCALL_INFO, tid, INFO_SIZE, infoAddress) != -1;
    }

    public int infoKind() {
        return buffer.get(0);
    }

    public int infoArchitecture() {
        return buffer.getInt(4);
    }

    public long infoInstruction() {
        return buffer.getLong(8);
    }

    public long infoStackPointer() {
        return buffer.getLong(16);
    }

    /** The call's number, at entry. */
    public long infoNumber() {
        return buffer.getLong(24);
    }

    public long infoArgument(int index) {
        return buffer.getLong(32 + 8 * index);
    }

    /** What the filter said of the call: the value beside its RET_TRACE. */
    public int infoFilterWord() {
        return buffer.getInt(80);
    }

    /** The call's raw result, at exit: negative error numbers as the kernel returns them. */
    public long infoResult() {
        return buffer.getLong(24);
    }

    public boolean infoFailed() {
        return buffer.get(32) != 0;
    }

    /** Reads a set of registers; {@link #register} and {@link #setRegister} then work on them. */
    public boolean readRegisters(int tid, int set) {
        buffer.putLong(INFO_SIZE + REGISTERS_SIZE, registersAddress);
        buffer.putLong(INFO_SIZE + REGISTERS_SIZE + 8, REGISTERS_SIZE);
        return CLibrary.ptrace(GETREGSET, tid, set, vectorAddress) != -1;
    }

    /** Writes back the set that was read last. */
    public boolean writeRegisters(int tid, int set) {
        return CLibrary.ptrace(SETREGSET, tid, set, vectorAddress) != -1;
    }

    public long register(int index) {
        return buffer.getLong(INFO_SIZE + 8 * index);
    }

    public void setRegister(int index, long value) {
        buffer.putLong(INFO_SIZE + 8 * index, value);
    }

    /** Reads about the signal the tracee is stopped by (sigaction(2)); then {@link #signalCode} and {@link #signalAddress}. */
    public boolean signalInfo(int tid) {
        return CLibrary.ptrace(GETSIGINFO, tid, 0, signalAddress) != -1;
    }

    public int signalCode() {
        return buffer.getInt(INFO_SIZE + REGISTERS_SIZE + 16 + 8);
    }

    /** The process that sent the signal, if {@link #signalCode} says that one did. */
    public int signalSender() {
        return buffer.getInt(INFO_SIZE + REGISTERS_SIZE + 16 + 16);
    }

    public long signalAddress() {
        return buffer.getLong(INFO_SIZE + REGISTERS_SIZE + 16 + 16);
    }
}
