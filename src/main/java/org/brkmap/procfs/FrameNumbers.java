package org.brkmap.procfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.brkmap.libc.SystemFacts;
import org.brkmap.model.Mapping;

/** Whether pagemap tells which page of the machine's memory a page is (Documentation/admin-guide/mm/pagemap.rst). */
public final class FrameNumbers {
    private static final long PRESENT = 1L << 63;
    private static final long FRAME = (1L << 55) - 1;

    private FrameNumbers() {}

    /**
     * Looks for one among our own pages; the kernel shows zeros to those without CAP_SYS_ADMIN.
     *
     * @throws IOException if pagemap cannot be read at all
     */
    public static boolean areShown() throws IOException {
        int pageSize = SystemFacts.pageSize();
        try (FileChannel pagemap = FileChannel.open(Path.of("/proc/self/pagemap"))) {
            for (Mapping mapping :
                    ProcFs.live().maps((int) ProcessHandle.current().pid())) {
                boolean text =
                        mapping.backing().isFile() && mapping.permissions().execute();
                ByteBuffer entry = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
                long position = Long.divideUnsigned(mapping.range().start(), pageSize) * 8;
                if (text && pagemap.read(entry, position) == 8 && (entry.getLong(0) & PRESENT) != 0) {
                    return (entry.getLong(0) & FRAME) != 0;
                }
            }
        }
        return false;
    }
}
