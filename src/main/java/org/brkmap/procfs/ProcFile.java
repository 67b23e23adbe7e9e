package org.brkmap.procfs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** One open file below {@code /proc/PID}, whose errors are told as {@link ProcException}s. For one thread. */
final class ProcFile extends InputStream {
    private final ProcDirectory directory;
    private final Path path;
    private final FileChannel channel;

    ProcFile(ProcDirectory directory, String name) throws IOException {
        this.directory = directory;
        path = directory.path().resolve(name);
        try {
            channel = FileChannel.open(path);
        } catch (IOException e) {
            throw directory.explain(e, path);
        }
    }

    String source() {
        return path.toString();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return channel.read(ByteBuffer.wrap(buffer, offset, length));
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw directory.explain(e, path);
        }
    }

    /** Reads at a position, as pread(2) does; -1 at the end. The error is the system's own, for the caller to judge. */
    int readAt(long position, ByteBuffer buffer) throws IOException {
        return channel.read(buffer, position);
    }

    /**
     * Whether the file still has a beginning: it has none once the address space that it was opened on is gone, and then what
     * was read may lack its end.
     */
    boolean stillAnswers() throws IOException {
        try {
            return readAt(0, ByteBuffer.allocate(Long.BYTES)) > 0; // pagemap gives whole entries only
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw directory.explain(e, path);
        }
    }

    IOException explain(IOException e) {
        return e instanceof ClosedByInterruptException ? e : directory.explain(e, path);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
