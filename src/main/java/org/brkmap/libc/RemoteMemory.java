package org.brkmap.libc;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads another process's memory in small pieces (process_vm_readv(2)). Not thread-safe. */
public final class RemoteMemory {
    private static final int CAPACITY = 4096;

    private final Memory memory = CLibrary.memory(CAPACITY + 32);
    private final long data = Pointer.nativeValue(memory);
    private final long vectors = data + CAPACITY;
    private final ByteBuffer buffer = memory.getByteBuffer(0, CAPACITY).order(ByteOrder.nativeOrder());

    /**
     * Reads up to {@code length} bytes, at most 4096.
     *
     * @return a buffer over what could be read, empty if nothing; valid until the next call
     */
    public ByteBuffer read(int pid, long address, long length) {
        long wanted = Math.max(0, Math.min(length, CAPACITY));
        memory.setLong(CAPACITY, data);
        memory.setLong(CAPACITY + 8, wanted);
        memory.setLong(CAPACITY + 16, address);
        memory.setLong(CAPACITY + 24, wanted);
        long count = wanted == 0 ? 0 : CLibrary.process_vm_readv(pid, vectors, 1, vectors + 16, 1, 0);
        buffer.clear();
        buffer.limit((int) Math.max(0, count));
        return buffer;
    }
}
