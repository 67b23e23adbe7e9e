package org.brkmap.libc;

import com.sun.jna.Pointer;

/**
 * A page of this process's memory that nobody has written (mmap(2)), between two that nobody may touch, so that it is a mapping of
 * its own. Must not be used after {@link #close}. Not thread-safe.
 */
public final class FreshPage implements AutoCloseable {
    private static final int NONE = 0;
    private static final int READ_WRITE = 3;
    private static final int PRIVATE = 2;
    private static final int FIXED = 0x10;
    private static final int ANONYMOUS = 0x20;

    private final long size = SystemFacts.pageSize();
    private final long reserved;

    /** Maps the page; it is in no memory yet. */
    public FreshPage() throws NativeException {
        reserved = CLibrary.mmap(0, 3 * size, NONE, PRIVATE | ANONYMOUS, -1, 0);
        if (reserved == -1) {
            throw NativeException.last("mapping three pages (mmap)");
        }
        if (CLibrary.mmap(address(), size, READ_WRITE, PRIVATE | ANONYMOUS | FIXED, -1, 0) == -1) {
            NativeException failure = NativeException.last("mapping a page (mmap)");
            close();
            throw failure;
        }
    }

    /** Where the page is. */
    public long address() {
        return reserved + size;
    }

    /** Reads its first byte, as any program reads: the kernel must give it a page now. */
    public byte read() {
        return new Pointer(address()).getByte(0);
    }

    @Override
    public void close() {
        CLibrary.munmap(reserved, 3 * size);
    }
}
