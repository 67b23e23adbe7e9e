package org.brkmap.procfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;

/** Reads {@code /proc/PID/mem} (proc_pid_mem(5)). */
final class MemoryReader {
    private MemoryReader() {}

    /** Fills the buffer from the address on, as far as there is memory that can be read. */
    static int read(ProcDirectory directory, ProcFile file, long address, ByteBuffer target) throws IOException {
        int begin = target.position();
        while (target.hasRemaining()) {
            long position = address + (target.position() - begin);
            if (position < 0) {
                break;
            }
            int count;
            try {
                count = file.readAt(position, target);
            } catch (ClosedByInterruptException e) {
                throw e;
            } catch (IOException unreadable) {
                break;
            }
            if (count <= 0) {
                throw directory.lost(file.source());
            }
        }
        return target.position() - begin;
    }
}
