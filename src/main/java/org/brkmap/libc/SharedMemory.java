package org.brkmap.libc;

import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory that another process can map through {@link #path} (memfd_create(2)); the kernel frees it with its last user. */
public final class SharedMemory implements AutoCloseable {
    private static final int CLOEXEC = 1;
    private static final int ALLOW_SEALING = 2;
    private static final int ADD_SEALS = 1033;
    private static final int SEAL_SEAL = 1;
    private static final int SEAL_SHRINK = 2;
    private static final int SEAL_GROW = 4;
    private static final int READ_WRITE = 3;
    private static final int SHARED = 1;

    private final int fd;
    private final long address;
    private final long size;
    private final ByteBuffer buffer;
    private boolean open = true;

    private SharedMemory(int fd, long address, long size) {
        this.fd = fd;
        this.address = address;
        this.size = size;
        this.buffer = new Pointer(address).getByteBuffer(0, size).order(ByteOrder.nativeOrder());
    }

    /**
     * Makes {@code size} bytes of zeros; the name appears in maps. The size is sealed: whoever could cut it short would end this
     * JVM by SIGBUS.
     */
    public static SharedMemory create(String name, long size) throws NativeException {
        int fd = CLibrary.memfd_create(name, CLOEXEC | ALLOW_SEALING);
        if (fd == -1) {
            throw NativeException.last("making shared memory (memfd_create)");
        }
        boolean sized = CLibrary.ftruncate(fd, size) != -1
                && CLibrary.fcntl(fd, ADD_SEALS, SEAL_SEAL | SEAL_SHRINK | SEAL_GROW) != -1;
        long address = sized ? CLibrary.mmap(0, size, READ_WRITE, SHARED, fd, 0) : -1;
        if (address == -1) {
            NativeException failure = NativeException.last("mapping shared memory");
            CLibrary.close(fd);
            throw failure;
        }
        return new SharedMemory(fd, address, size);
    }

    /** Where another process of this user finds it. */
    public String path() {
        return "/proc/" + ProcessHandle.current().pid() + "/fd/" + fd;
    }

    /** Its descriptor in this process, to be handed to a child that cannot see this process's files. */
    public int descriptor() {
        return fd;
    }

    /** Where it lies in this process. Must not be used after {@link #close}. */
    public long address() {
        return address;
    }

    /** The memory itself. Must not be used after {@link #close}. */
    public ByteBuffer buffer() {
        return buffer;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            CLibrary.munmap(address, size);
            CLibrary.close(fd);
        }
    }
}
