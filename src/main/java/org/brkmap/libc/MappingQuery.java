package org.brkmap.libc;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Asks the kernel for the one mapping at an address: the ioctl PROCMAP_QUERY on {@code /proc/PID/maps}, of Linux 6.11 and newer
 * (include/uapi/linux/fs.h). Thread-safe.
 */
public final class MappingQuery {
    public static final int READABLE = 1;
    public static final int WRITABLE = 2;
    public static final int EXECUTABLE = 4;
    public static final int SHARED = 8;

    private static final int QUERY_SIZE = 104;
    private static final long PROCMAP_QUERY = 3L << 30 | QUERY_SIZE << 16 | 'f' << 8 | 17;
    private static final int ADDRESS = 16;
    private static final int START = 24;
    private static final int END = 32;
    private static final int FLAGS = 40;
    private static final int OFFSET = 56;
    private static final int INODE = 64;
    private static final int MAJOR = 72;
    private static final int MINOR = 76;
    private static final int NAME_SIZE = 80;
    private static final int NAME_ADDRESS = 88;
    private static final int LONGEST_NAME = 4096;

    /**
     * A mapping as the kernel described it.
     *
     * @param flags of {@link #READABLE}, {@link #WRITABLE}, {@link #EXECUTABLE} and {@link #SHARED}
     * @param name as in the last column of maps, in UTF-8, but with nothing escaped; empty for none
     */
    public record Found(long start, long end, long flags, long offset, int major, int minor, long inode, String name) {}

    private MappingQuery() {}

    /**
     * Looks one address up.
     *
     * @param maps a process's maps file
     * @return empty if nothing is mapped there; the kernel's own page for vsyscalls is not found either
     * @throws NativeException if the file cannot be opened, or its kernel does not know the question (ENOTTY)
     */
    public static Optional<Found> find(String maps, long address) throws NativeException {
        int fd = OpenFile.readOnly(maps);
        try (Memory query = CLibrary.memory(QUERY_SIZE + LONGEST_NAME)) {
            query.clear(QUERY_SIZE);
            query.setLong(0, QUERY_SIZE);
            query.setLong(ADDRESS, address);
            query.setInt(NAME_SIZE, LONGEST_NAME);
            query.setLong(NAME_ADDRESS, Pointer.nativeValue(query) + QUERY_SIZE);
            if (CLibrary.ioctl(fd, PROCMAP_QUERY, Pointer.nativeValue(query)) != -1) {
                return Optional.of(answer(query));
            }
            if (CLibrary.errno() == Errno.ENOENT) {
                return Optional.empty();
            }
            throw NativeException.last("asking " + maps + " for one mapping (PROCMAP_QUERY)");
        } finally {
            CLibrary.close(fd);
        }
    }

    private static Found answer(Memory query) {
        int size = Math.max(0, query.getInt(NAME_SIZE) - 1); // the NUL counts
        return new Found(
                query.getLong(START),
                query.getLong(END),
                query.getLong(FLAGS),
                query.getLong(OFFSET),
                query.getInt(MAJOR),
                query.getInt(MINOR),
                query.getLong(INODE),
                new String(query.getByteArray(QUERY_SIZE, size), StandardCharsets.UTF_8));
    }
}
