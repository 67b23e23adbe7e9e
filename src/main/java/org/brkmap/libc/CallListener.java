package org.brkmap.libc;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The listener of a system call filter (seccomp_unotify(2)): hears of the calls that the filter reports, and answers each in
 * the kernel's place; the caller sleeps meanwhile, and has no tracer. Not thread-safe.
 */
public final class CallListener implements AutoCloseable {
    private static final long PIDFD_OPEN = 434;
    private static final long PIDFD_GETFD = 438;

    private static final int NOTICE_SIZE = 80;
    private static final int ANSWER_SIZE = 24;
    private static final long RECEIVE = 3L << 30 | NOTICE_SIZE << 16 | '!' << 8;
    private static final long SEND = 3L << 30 | ANSWER_SIZE << 16 | '!' << 8 | 1;

    private static final int TID = 8;
    private static final int NUMBER = 16;
    private static final int ARGUMENTS = 32;
    private static final int ANSWER_ERROR = NOTICE_SIZE + 16;
    private static final int ANSWER_FLAGS = NOTICE_SIZE + 20;
    private static final int POLL = NOTICE_SIZE + ANSWER_SIZE;
    private static final int CONTINUE = 1;
    private static final short POLLIN = 1;

    private final Memory memory = CLibrary.memory(POLL + 8);
    private final long address = Pointer.nativeValue(memory);
    private final ByteBuffer buffer = memory.getByteBuffer(0, memory.size()).order(ByteOrder.nativeOrder());
    private final int fd;

    private CallListener(int fd) {
        this.fd = fd;
    }

    /**
     * Takes a copy of a listener that a process has at this descriptor (pidfd_getfd(2), of Linux 5.6).
     *
     * @throws NativeException if the kernel refuses that, or does not know it
     */
    public static CallListener of(int pid, int descriptor) throws NativeException {
        int process = (int) CLibrary.syscall(PIDFD_OPEN, pid, 0, 0);
        if (process == -1) {
            throw NativeException.last("referring to process " + pid + " (pidfd_open)");
        }
        try {
            int fd = (int) CLibrary.syscall(PIDFD_GETFD, process, descriptor, 0);
            if (fd == -1) {
                throw NativeException.last("taking the listener of process " + pid + " (pidfd_getfd)");
            }
            return new CallListener(fd);
        } finally {
            CLibrary.close(process);
        }
    }

    /** Waits so long for a call to be reported, and not longer if nobody is left to make one. */
    public void await(int millis) {
        buffer.putInt(POLL, fd).putShort(POLL + 4, POLLIN).putShort(POLL + 6, (short) 0);
        CLibrary.poll(address + POLL, 1, millis);
    }

    /** Takes the next call, if one is reported already; then the getters tell of it, and it must be answered. */
    public boolean receive() {
        await(0);
        if ((buffer.getShort(POLL + 6) & POLLIN) == 0) {
            return false;
        }
        memory.clear(POLL);
        return CLibrary.ioctl(fd, RECEIVE, address) == 0;
    }

    public int tid() {
        return buffer.getInt(TID);
    }

    public int number() {
        return buffer.getInt(NUMBER);
    }

    public long argument(int index) {
        return buffer.getLong(ARGUMENTS + 8 * index);
    }

    /** Lets the kernel carry the call out. */
    public void pass() {
        answer(0, CONTINUE);
    }

    /** Returns 0 to the caller, or if it is not 0, this error. */
    public void answer(int errno) {
        answer(-errno, 0);
    }

    /** It may be gone meanwhile: then there is nobody to answer. */
    private void answer(int error, int flags) {
        memory.setLong(NOTICE_SIZE, buffer.getLong(0));
        memory.setLong(NOTICE_SIZE + 8, 0);
        buffer.putInt(ANSWER_ERROR, error).putInt(ANSWER_FLAGS, flags);
        CLibrary.ioctl(fd, SEND, address + NOTICE_SIZE);
    }

    @Override
    public void close() {
        CLibrary.close(fd);
        memory.close();
    }
}
