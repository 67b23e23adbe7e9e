package org.brkmap.procfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;
import org.brkmap.model.PageRun;
import org.brkmap.model.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code /proc/PID/pagemap} (Documentation/admin-guide/mm/pagemap.rst) as runs of pages in one state. What the pages are is
 * {@link PageStates}' to judge. For one thread.
 */
final class PageMap implements PageReader {
    /** Reservations of terabytes are common, and a page costs about 20 ns to look at: 16 GiB of small pages, 100 ms in all. */
    static final long PAGES_AT_MOST = 1L << 22;

    private static final int ENTRY = Long.BYTES;
    private static final long BIT_PRESENT = 1L << 63;
    private static final long BIT_SWAPPED = 1L << 62;
    private static final long BIT_FILE_OR_SHARED = 1L << 61;
    private static final long BIT_GUARD = 1L << 58;
    private static final long BIT_EXCLUSIVE = 1L << 56;

    /** What an entry says without any knowledge of its mapping. */
    enum Entry {
        ABSENT,
        GUARD,
        SWAPPED,
        /** Of a file or of shared memory. */
        FILE_OR_SHARED,
        /** Anonymous memory for certain: by reading, that of this process alone. */
        EXCLUSIVE,
        /** As EXCLUSIVE, in a huge page; only {@link PageScanner} tells. */
        HUGE,
        /** The page of zeros; only {@link PageScanner} tells. */
        ZERO,
        /** Anonymous memory that others share since a fork, the page of zeros, or a page that the kernel keeps no count of. */
        OTHER;

        /** The bit for guards comes first: a guard has the one for swap too. */
        static Entry of(long bits) {
            if ((bits & BIT_GUARD) != 0) {
                return GUARD;
            }
            if ((bits & BIT_PRESENT) == 0) {
                return (bits & BIT_SWAPPED) != 0 ? SWAPPED : ABSENT;
            }
            if ((bits & BIT_FILE_OR_SHARED) != 0) {
                return FILE_OR_SHARED;
            }
            return (bits & BIT_EXCLUSIVE) != 0 ? EXCLUSIVE : OTHER;
        }
    }

    /** Neighbouring pages with the same entry. */
    record Run(Entry entry, long pages) {}

    private final ProcDirectory directory;
    private final ProcFile file;
    private final int pageSize;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16).order(ByteOrder.nativeOrder());
    private long left = PAGES_AT_MOST;

    PageMap(ProcDirectory directory, ProcFile file, int pageSize) {
        this.directory = directory;
        this.file = file;
        this.pageSize = pageSize;
    }

    @Override
    public @Nullable List<PageRun> pages(Mapping mapping) throws IOException {
        AddressRange range = mapping.range();
        Usage usage = mapping.usage();
        long pages = range.length() / pageSize;
        if (range.end() < 0 || pages > left) {
            return null;
        }
        left -= pages;
        return new PageStates(mapping, usage, pageSize).of(runs(range.start() / pageSize, pages));
    }

    private List<Run> runs(long first, long pages) throws IOException {
        List<Run> runs = new ArrayList<>();
        Entry current = null;
        long length = 0;
        for (long done = 0; done < pages; ) {
            fill((first + done) * ENTRY, (int) Math.min((pages - done) * ENTRY, buffer.capacity()));
            done += buffer.remaining() / ENTRY;
            while (buffer.hasRemaining()) {
                Entry entry = Entry.of(buffer.getLong());
                if (entry != current && current != null) {
                    runs.add(new Run(current, length));
                    length = 0;
                }
                current = entry;
                length++;
            }
        }
        if (current != null) {
            runs.add(new Run(current, length));
        }
        return runs;
    }

    /** The numbers of the pages of a range that are in memory, and mapped by this process alone. */
    BitSet exclusive(AddressRange range) throws IOException {
        BitSet exclusive = new BitSet();
        long first = range.start() / pageSize;
        int pages = (int) (range.length() / pageSize);
        for (int page = 0; page < pages; ) {
            fill((first + page) * ENTRY, Math.min((pages - page) * ENTRY, buffer.capacity()));
            while (buffer.hasRemaining()) {
                long bits = buffer.getLong();
                exclusive.set(page, (bits & BIT_PRESENT) != 0 && (bits & BIT_EXCLUSIVE) != 0);
                page++;
            }
        }
        return exclusive;
    }

    private void fill(long position, int length) throws IOException {
        buffer.clear().limit(length);
        while (buffer.hasRemaining()) {
            int count;
            try {
                count = file.readAt(position + buffer.position(), buffer);
            } catch (IOException e) {
                throw file.explain(e);
            }
            if (count <= 0) {
                throw directory.lost(file.source());
            }
        }
        buffer.flip();
    }
}
