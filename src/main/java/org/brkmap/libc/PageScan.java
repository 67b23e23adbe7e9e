package org.brkmap.libc;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Asks the kernel which pages of a process are in memory or swapped out, and of what kind they are: the ioctl PAGEMAP_SCAN on
 * {@code /proc/PID/pagemap}, of Linux 6.7 and newer (Documentation/admin-guide/mm/pagemap.rst). It names the page of zeros and
 * huge pages, which reading the file does not, and passes over what was never touched at no cost. Changes nothing. Not
 * thread-safe.
 */
public final class PageScan implements AutoCloseable {
    /** Of a file or of shared memory. */
    public static final int FILE = 1 << 2;

    public static final int PRESENT = 1 << 3;
    public static final int SWAPPED = 1 << 4;

    /** The kernel's page of zeros, small or huge. */
    public static final int ZERO = 1 << 5;

    public static final int HUGE = 1 << 6;

    /** Installed by madvise(MADV_GUARD_INSTALL); kernels before 6.16 do not tell. */
    public static final int GUARD = 1 << 8;

    private static final int ARGUMENT_SIZE = 96;
    private static final long PAGEMAP_SCAN = 3L << 30 | ARGUMENT_SIZE << 16 | 'f' << 8 | 16;
    private static final int START = 16;
    private static final int END = 24;
    private static final int WALK_END = 32;
    private static final int VECTOR = 40;
    private static final int VECTOR_LENGTH = 48;
    private static final int ANY_OF = 80;
    private static final int REPORTED = 88;
    private static final int REGIONS = 1024;
    private static final int REGION_SIZE = 24;

    private final String pagemap;
    private final int fd;
    private final Memory memory = CLibrary.memory(ARGUMENT_SIZE + REGIONS * REGION_SIZE);
    private final ByteBuffer buffer = memory.getByteBuffer(0, memory.size()).order(ByteOrder.nativeOrder());
    private boolean tellsGuards = true;
    private long scannedTo;

    /** Opens a process's pagemap file; call {@link #close} in the end. */
    public PageScan(String pagemap) throws NativeException {
        this.pagemap = pagemap;
        fd = OpenFile.readOnly(pagemap);
        memory.clear(ARGUMENT_SIZE);
        buffer.putLong(0, ARGUMENT_SIZE);
        buffer.putLong(VECTOR, Pointer.nativeValue(memory) + ARGUMENT_SIZE);
        buffer.putLong(VECTOR_LENGTH, REGIONS);
    }

    /**
     * Looks for regions of pages that are there, between two addresses; {@link #scannedTo} tells how far that went.
     *
     * @return how many were found, for {@link #start}, {@link #end} and {@link #categories}
     * @throws NativeException if this kernel does not know the question (ENOTTY)
     */
    public int scan(long from, long to) throws NativeException {
        buffer.putLong(START, from);
        buffer.putLong(END, to);
        int found = ask(tellsGuards ? GUARD : 0);
        if (found == -1 && tellsGuards && CLibrary.errno() == Errno.EINVAL) {
            tellsGuards = false;
            found = ask(0);
        }
        if (found == -1) {
            throw NativeException.last("asking " + pagemap + " for pages (PAGEMAP_SCAN)");
        }
        // The kernel fills a buffer of its own several times, and may say where it was when that was full last.
        scannedTo = found < REGIONS ? to : Math.max(buffer.getLong(WALK_END), end(REGIONS - 1));
        return found;
    }

    private int ask(long guard) {
        buffer.putLong(ANY_OF, PRESENT | SWAPPED | guard);
        buffer.putLong(REPORTED, FILE | PRESENT | SWAPPED | ZERO | HUGE | guard);
        return CLibrary.ioctl(fd, PAGEMAP_SCAN, Pointer.nativeValue(memory));
    }

    /** Up to where the last scan looked: less than it was to, if there was no room for what it found. */
    public long scannedTo() {
        return scannedTo;
    }

    public long start(int region) {
        return buffer.getLong(ARGUMENT_SIZE + region * REGION_SIZE);
    }

    public long end(int region) {
        return buffer.getLong(ARGUMENT_SIZE + region * REGION_SIZE + 8);
    }

    /** What all pages of the region are: a set of this class's constants. */
    public long categories(int region) {
        return buffer.getLong(ARGUMENT_SIZE + region * REGION_SIZE + 16);
    }

    @Override
    public void close() {
        CLibrary.close(fd);
        memory.close();
    }
}
