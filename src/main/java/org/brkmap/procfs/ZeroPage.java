package org.brkmap.procfs;

import java.io.IOException;
import org.brkmap.libc.FreshPage;
import org.brkmap.libc.PageScan;
import org.brkmap.libc.SystemFacts;
import org.brkmap.model.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Whether this kernel answers the first read of private anonymous memory with the one page of zeros that all processes share,
 * which Rss does not count. Kernels do by default; one that a virtual machine runs on may give each page that is read one of its
 * own instead. Tried once for the life of this JVM, on a page of ours. Thread-safe.
 */
public final class ZeroPage {
    /** A JVM's address space moves while it is read. */
    private static final int MOST_TRIES = 50;

    private ZeroPage() {}

    private static final class Tried {
        static final @Nullable Boolean ANSWER = attempt();
    }

    /** Whether reading brings no page; null if the kernel does not tell. */
    public static @Nullable Boolean isShared() {
        return Tried.ANSWER;
    }

    private static @Nullable Boolean attempt() {
        try (FreshPage page = new FreshPage()) {
            page.read();
            return KernelFeatures.ofThisKernel().pageScan() ? byScan(page.address()) : byUsage(page.address());
        } catch (IOException e) {
            return null;
        }
    }

    static @Nullable Boolean byScan(long address) throws IOException {
        try (PageScan scan = new PageScan("/proc/self/pagemap")) {
            int found = scan.scan(address, address + SystemFacts.pageSize());
            return found == 0 ? null : (scan.categories(0) & PageScan.ZERO) != 0;
        }
    }

    static @Nullable Boolean byUsage(long address) throws IOException {
        int self = (int) ProcessHandle.current().pid();
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            try {
                Usage usage = ProcFs.live().smaps(self).stream()
                        .filter(mapping -> mapping.range().contains(address))
                        .findFirst()
                        .orElseThrow(() -> new IOException("our own page is not in smaps"))
                        .usage();
                return usage == null ? null : usage.rss() == 0;
            } catch (ProcException e) {
                if (e.kind() != ProcException.Kind.RACED) {
                    throw e;
                }
            }
        }
        return null;
    }
}
