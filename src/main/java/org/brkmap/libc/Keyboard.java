package org.brkmap.libc;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.Optional;

/**
 * The keys pressed at this process's terminal, each at once and without echo (termios(3), non-canonical mode). Ctrl-C and Ctrl-Z
 * do what they always do. The terminal is as it was before after {@link #close}, and when the JVM ends. One thread may read.
 */
public final class Keyboard implements AutoCloseable {
    /** What {@link #read} returns where we are in the foreground again: no key sends it. */
    public static final int BACK = 0xE000;

    /** How long a key that is pressed at once after fg may be taken as a line's. */
    private static final int LOOK_MILLIS = 250;

    private static final long TIOCGPGRP = 0x540F;
    private static final int POLLIN = 1;
    private static final int FD = 0;
    private static final int AT_ONCE = 0;
    private static final int TERMIOS_BYTES = 256;
    private static final int LOCAL_FLAGS = 12;
    private static final int ICANON = 0x02;
    private static final int ECHO = 0x08;
    private static final int CONTROL_CHARACTERS = 17;
    private static final int VTIME = 5;
    private static final int VMIN = 6;

    private final Memory before;
    private final Thread atEnd = new Thread(this::restore, "brkmap-keyboard");
    private boolean changed;

    private Keyboard(Memory before) {
        this.before = before;
    }

    /** Takes the terminal at the standard input; empty if there is none. */
    public static Optional<Keyboard> open() {
        Memory before = new Memory(TERMIOS_BYTES);
        before.clear();
        if (!StandardInput.isTerminal() || CLibrary.tcgetattr(FD, Pointer.nativeValue(before)) == -1) {
            return Optional.empty();
        }
        Keyboard keyboard = new Keyboard(before);
        Runtime.getRuntime().addShutdownHook(keyboard.atEnd);
        keyboard.takeKeysAtOnce();
        return Optional.of(keyboard);
    }

    private synchronized void takeKeysAtOnce() {
        try (Memory attributes = new Memory(TERMIOS_BYTES)) {
            attributes.write(0, before.getByteArray(0, TERMIOS_BYTES), 0, TERMIOS_BYTES);
            attributes.setInt(LOCAL_FLAGS, attributes.getInt(LOCAL_FLAGS) & ~(ICANON | ECHO));
            attributes.setByte(CONTROL_CHARACTERS + VMIN, (byte) 1);
            attributes.setByte(CONTROL_CHARACTERS + VTIME, (byte) 0);
            CLibrary.tcsetattr(FD, AT_ONCE, Pointer.nativeValue(attributes));
            changed = true;
        }
    }

    /**
     * Waits for a key: its first byte, or −1 once the terminal is gone. Whoever was stopped by Ctrl-Z and is in the foreground again
     * finds the terminal as the shell had it: keys are taken at once again, and {@link #BACK} is returned.
     */
    public int read() {
        try (Memory key = new Memory(8)) {
            while (true) {
                key.setInt(0, FD);
                key.setInt(4, POLLIN);
                if (CLibrary.poll(Pointer.nativeValue(key), 1, LOOK_MILLIS) == 0) {
                    if (wasGivenBack(key)) {
                        takeKeysAtOnce();
                        return BACK;
                    }
                    continue;
                }
                long count = CLibrary.read(FD, Pointer.nativeValue(key), 1);
                if (count == 1) {
                    return Byte.toUnsignedInt(key.getByte(0));
                }
                if (count == 0 || CLibrary.errno() != Errno.EINTR) {
                    return -1;
                }
            }
        }
    }

    /** Never from the background: that would stop us. */
    private synchronized boolean wasGivenBack(Memory group) {
        boolean foreground = CLibrary.ioctl(FD, TIOCGPGRP, Pointer.nativeValue(group)) != -1
                && group.getInt(0) == CLibrary.getpgrp();
        if (!changed || !foreground) {
            return false;
        }
        try (Memory now = new Memory(TERMIOS_BYTES)) {
            return CLibrary.tcgetattr(FD, Pointer.nativeValue(now)) == 0 && (now.getInt(LOCAL_FLAGS) & ICANON) != 0;
        }
    }

    private synchronized void restore() {
        if (changed) {
            CLibrary.tcsetattr(FD, AT_ONCE, Pointer.nativeValue(before));
            changed = false;
        }
    }

    @Override
    public void close() {
        restore();
        try {
            Runtime.getRuntime().removeShutdownHook(atEnd);
        } catch (IllegalStateException ending) {
            // The JVM is ending, and the hook has run or will.
        }
    }
}
