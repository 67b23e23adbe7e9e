package org.brkmap.libc;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.OptionalInt;

/** What this process's standard output is. Thread-safe. */
public final class StandardOutput {
    private static final int FD = 1;
    private static final long TIOCGWINSZ = 0x5413;
    private static final short POLLERR = 8;

    private StandardOutput() {}

    /** Whether a person is reading along (isatty(3)). */
    public static boolean isTerminal() {
        return CLibrary.isatty(FD) == 1;
    }

    /** The terminal's width in columns; empty if it is none, or does not know. */
    public static OptionalInt columns() {
        try (Memory size = CLibrary.memory(8)) {
            size.clear();
            boolean told = CLibrary.ioctl(FD, TIOCGWINSZ, Pointer.nativeValue(size)) == 0;
            int columns = Short.toUnsignedInt(size.getShort(2));
            return told && columns > 0 ? OptionalInt.of(columns) : OptionalInt.empty();
        }
    }

    /** Whether it is a pipe that nobody reads any more (poll(2)). */
    public static boolean isBroken() {
        try (Memory request = new Memory(8)) { // struct pollfd: fd, events, revents
            request.setInt(0, FD);
            request.setInt(4, 0);
            return CLibrary.poll(Pointer.nativeValue(request), 1, 0) == 1 && (request.getShort(6) & POLLERR) != 0;
        }
    }
}
