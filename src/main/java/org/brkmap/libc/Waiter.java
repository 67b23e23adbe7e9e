package org.brkmap.libc;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/**
 * Waits for the children and tracees of the calling thread, and of no other (waitpid(2) with __WALL and __WNOTHREAD), so that
 * neither the JDK's children nor another tracer's are taken away. Not thread-safe; one for each tracer.
 */
public final class Waiter {
    private static final int WALL = 0x40000000;
    private static final int NO_OTHER_THREADS = 0x20000000;
    private static final int UNTRACED = 2;
    private static final int NO_HANG = 1;

    private final Memory word = CLibrary.memory(4);
    private final long address = Pointer.nativeValue(word);

    /**
     * Waits until a child ends or stops; starts again after a signal.
     *
     * @param pid the child, or −1 for any
     * @return its id, or −1 if there is none left
     */
    public int waitFor(int pid) throws NativeException {
        return wait(pid, WALL | NO_OTHER_THREADS | UNTRACED);
    }

    /**
     * Like {@link #waitFor}, but does not wait.
     *
     * @return the child's id, 0 if there are children but nothing to tell of them, or −1 if there is none left
     */
    public int poll(int pid) throws NativeException {
        return wait(pid, WALL | NO_OTHER_THREADS | UNTRACED | NO_HANG);
    }

    private int wait(int pid, int options) throws NativeException {
        while (true) {
            int found = CLibrary.waitpid(pid, address, options);
            if (found >= 0) {
                return found;
            }
            int errno = CLibrary.errno();
            if (errno == Errno.ECHILD) {
                return -1;
            }
            if (errno != Errno.EINTR) {
                throw new NativeException("waiting for the observed program", errno);
            }
        }
    }

    /** The status of the child that the last wait returned, for {@link WaitStatus}. */
    public int status() {
        return word.getInt(0);
    }
}
