package org.brkmap.libc;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A pseudo-terminal pair (pty(7)): the harness holds the master, the observed program has the slave as its terminal. Echo
 * is off and output is passed on as it is; input is still edited line by line. One thread may read while another writes.
 */
public final class PseudoTerminal implements AutoCloseable {
    private static final int O_RDWR = 2;
    private static final int O_NOCTTY = 0400;
    private static final int O_NONBLOCK = 04000;
    private static final int O_CLOEXEC = 02000000;
    private static final int POLLIN = 1;
    private static final long FIONREAD = 0x541b;
    private static final int TERMIOS_BYTES = 256;
    private static final int OUTPUT_BYTES = 1 << 16;
    private static final int OUTPUT_FLAGS = 4;
    private static final int LOCAL_FLAGS = 12;
    private static final int OPOST = 1;
    private static final int ECHO_ALL = 0x08 | 0x10 | 0x20 | 0x40 | 0x200; // ECHO, ECHOE, ECHOK, ECHONL, ECHOCTL

    private final int master;
    private final int slave;
    private final String slaveName;
    private final Memory output = CLibrary.memory(OUTPUT_BYTES);
    private boolean slaveOpen = true;

    private PseudoTerminal(int master, int slave, String slaveName) {
        this.master = master;
        this.slave = slave;
        this.slaveName = slaveName;
    }

    /** Opens a new pair; a child inherits neither end unless it is handed over. */
    public static PseudoTerminal open() throws NativeException {
        int master = CLibrary.open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
        if (master == -1) {
            throw NativeException.last("opening a pseudo-terminal (/dev/ptmx)");
        }
        try (Memory name = CLibrary.memory(128);
                Memory attributes = CLibrary.memory(TERMIOS_BYTES)) {
            long nameAddress = Pointer.nativeValue(name);
            if (CLibrary.grantpt(master) == -1 || CLibrary.unlockpt(master) == -1) {
                throw NativeException.last("unlocking a pseudo-terminal");
            }
            int error = CLibrary.ptsname_r(master, nameAddress, name.size());
            if (error != 0) {
                throw new NativeException("naming a pseudo-terminal", error);
            }
            String slaveName = name.getString(0);
            // Not blocking is a property of this open alone: the program gets the terminal by another.
            int slave = CLibrary.open(slaveName, O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
            if (slave == -1) {
                throw NativeException.last("opening " + slaveName);
            }
            long attributesAddress = Pointer.nativeValue(attributes);
            CLibrary.tcgetattr(slave, attributesAddress);
            attributes.setInt(OUTPUT_FLAGS, attributes.getInt(OUTPUT_FLAGS) & ~OPOST);
            attributes.setInt(LOCAL_FLAGS, attributes.getInt(LOCAL_FLAGS) & ~ECHO_ALL);
            CLibrary.tcsetattr(slave, 0, attributesAddress);
            return new PseudoTerminal(master, slave, slaveName);
        } catch (NativeException e) {
            CLibrary.close(master);
            throw e;
        }
    }

    /** Opens the slave once more, blocking, for the program that gets it; the caller closes it by {@link #closeHanded}. */
    public int openForProgram() throws NativeException {
        int fd = CLibrary.open(slaveName, O_RDWR | O_NOCTTY | O_CLOEXEC);
        if (fd == -1) {
            throw NativeException.last("opening " + slaveName);
        }
        return fd;
    }

    /** Closes a descriptor from {@link #openForProgram} once the program has its own. */
    public void closeHanded(int fd) {
        CLibrary.close(fd);
    }

    /** The slave's path, such as {@code /dev/pts/3}. */
    public String slaveName() {
        return slaveName;
    }

    /** Bytes (whole lines, while lines are edited) that a reader of the slave would get at once. */
    public int pendingInput() {
        try (Memory count = CLibrary.memory(8)) {
            // What was typed lies between the two ends until the kernel finds the time; poll(2), unlike FIONREAD, has
            // it find it.
            count.setInt(0, slave);
            count.setInt(4, POLLIN);
            CLibrary.poll(Pointer.nativeValue(count), 1, 0);
            return CLibrary.ioctl(slave, FIONREAD, Pointer.nativeValue(count)) == -1 ? 0 : count.getInt(0);
        }
    }

    /** Types text at the program. */
    public void type(String text) throws NativeException {
        if (put(master, text.getBytes(StandardCharsets.UTF_8)) == -1) {
            throw NativeException.last("typing at the observed program");
        }
    }

    /**
     * Prints text as if the program had, behind all it has printed, as far as there is room.
     *
     * @return how many bytes there was room for; −1 if the terminal was hung up
     */
    public int printAsProgram(byte[] text) {
        long count = put(slave, text);
        return count == -1 && CLibrary.errno() == Errno.EAGAIN ? 0 : (int) count;
    }

    private static long put(int fd, byte[] bytes) {
        if (bytes.length == 0) {
            return 0;
        }
        try (Memory memory = CLibrary.memory(bytes.length)) {
            memory.write(0, bytes, 0, bytes.length);
            return CLibrary.write(fd, Pointer.nativeValue(memory), bytes.length);
        }
    }

    /**
     * Waits for output of the program. One thread only.
     *
     * @return what has come, or null once every slave is closed
     */
    public byte @Nullable [] readOutput() {
        while (true) {
            long count = CLibrary.read(master, Pointer.nativeValue(output), output.size());
            if (count > 0) {
                return output.getByteArray(0, (int) count);
            }
            if (count == 0 || CLibrary.errno() != Errno.EINTR) {
                return null;
            }
        }
    }

    /** Closes the harness's own slave, so that a reader meets the end once the program's are closed too. */
    public void hangUpSlave() {
        if (slaveOpen) {
            slaveOpen = false;
            CLibrary.close(slave);
        }
    }

    /** Closes both ends; a reader must have met the end before. */
    @Override
    public void close() {
        hangUpSlave();
        CLibrary.close(master);
    }
}
