package org.brkmap.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Copies by Java's own means, in this process. Faults and processor time are those of the calling thread, in the kernel's clock
 * ticks and counts (proc_pid_stat(5)); what Java does on other threads does not show.
 */
final class JavaCopy {
    private static final int BUFFER = 1 << 20;

    /** A copy between two open files. */
    private interface Channels {
        void copy(FileChannel from, FileChannel to) throws IOException;
    }

    private JavaCopy() {}

    static CopyMeasure files(Path source, Path destination, boolean synced) throws IOException {
        ThreadUse before = ThreadUse.now();
        long start = System.nanoTime();
        Files.copy(source, destination, StandardCopyOption.REPLACE_EXISTING);
        long copied = System.nanoTime();
        if (synced) {
            try (FileChannel to = FileChannel.open(destination, StandardOpenOption.WRITE)) {
                to.force(true);
            }
        }
        return measure(before, new long[] {start, start, copied, System.nanoTime()});
    }

    static CopyMeasure transfer(Path source, Path destination, boolean synced) throws IOException {
        return channels(source, destination, synced, (from, to) -> {
            long length = from.size();
            long left = length;
            while (left > 0) {
                long moved = from.transferTo(length - left, left, to);
                if (moved == 0) {
                    throw shorter(source);
                }
                left -= moved;
            }
        });
    }

    static CopyMeasure mapped(Path source, Path destination, boolean synced) throws IOException {
        return guarded(
                source,
                () -> channels(source, destination, synced, (from, to) -> {
                    long length = from.size();
                    for (long at = 0; at < length; at += Integer.MAX_VALUE) {
                        long part = Math.min(Integer.MAX_VALUE, length - at);
                        MappedByteBuffer target = to.map(MapMode.READ_WRITE, at, part);
                        MappedByteBuffer origin = from.map(MapMode.READ_ONLY, at, part);
                        target.put(origin);
                        Unmapper.unmap(target);
                        Unmapper.unmap(origin);
                    }
                }));
    }

    /** A copy that touches mappings. */
    interface Mapped {
        CopyMeasure copy() throws IOException;
    }

    /** SIGBUS, which ends a program in C, is an error in Java, thrown at some call after the one that met it. */
    static CopyMeasure guarded(Path source, Mapped copying) throws IOException {
        try {
            return copying.copy();
        } catch (InternalError e) {
            IOException shorter = shorter(source);
            shorter.initCause(e);
            throw shorter;
        }
    }

    private static IOException shorter(Path source) {
        return new IOException(source + " became shorter while it was copied");
    }

    static CopyMeasure direct(Path source, Path destination, boolean synced) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        return channels(source, destination, synced, (from, to) -> {
            while (from.read(buffer.clear()) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
            }
        });
    }

    private static CopyMeasure channels(Path source, Path destination, boolean synced, Channels how)
            throws IOException {
        ThreadUse before = ThreadUse.now();
        long start = System.nanoTime();
        try (FileChannel from = FileChannel.open(source, StandardOpenOption.READ);
                FileChannel to = FileChannel.open(
                        destination, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long opened = System.nanoTime();
            how.copy(from, to);
            to.truncate(from.size());
            long copied = System.nanoTime();
            if (synced) {
                to.force(true);
            }
            return measure(before, new long[] {start, opened, copied, System.nanoTime()});
        }
    }

    /** Closing is not counted: two calls that take a microsecond each. */
    private static CopyMeasure measure(ThreadUse before, long[] times) throws IOException {
        ThreadUse after = ThreadUse.now();
        Map<String, Long> phases = new LinkedHashMap<>();
        phases.put("open", times[1] - times[0]);
        phases.put("copy", times[2] - times[1]);
        phases.put("flush", times[3] - times[2]);
        Map<String, @Nullable Long> counts = new LinkedHashMap<>();
        counts.put("minor_faults", after.minorFaults() - before.minorFaults());
        counts.put("major_faults", after.majorFaults() - before.majorFaults());
        counts.put("user_us", after.userMicros() - before.userMicros());
        counts.put("system_us", after.systemMicros() - before.systemMicros());
        return new CopyMeasure(phases, counts);
    }
}
