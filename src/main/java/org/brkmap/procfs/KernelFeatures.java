package org.brkmap.procfs;

import java.io.IOException;
import org.brkmap.libc.MappingQuery;
import org.brkmap.libc.PageScan;

/**
 * What this kernel answers beyond the text of {@code /proc}, found out by asking it about ourselves: a version number says
 * nothing of a sandbox. Immutable.
 *
 * @param mappingQuery PROCMAP_QUERY: one mapping without reading all; Linux 6.11 and newer
 * @param pageScan PAGEMAP_SCAN: the page of zeros told from memory shared since a fork, and huge pages; Linux 6.7 and newer
 */
public record KernelFeatures(boolean mappingQuery, boolean pageScan) {
    static final KernelFeatures NONE = new KernelFeatures(false, false);

    /** Asked once for the life of this JVM. */
    private static final class Asked {
        static final KernelFeatures ANSWER = new KernelFeatures(answersMappingQuery(), answersPageScan());
    }

    /** The features of the kernel that runs us. */
    public static KernelFeatures ofThisKernel() {
        return Asked.ANSWER;
    }

    private static boolean answersMappingQuery() {
        try {
            MappingQuery.find("/proc/self/maps", 0);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean answersPageScan() {
        try (PageScan scan = new PageScan("/proc/self/pagemap")) {
            scan.scan(0, 0);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
