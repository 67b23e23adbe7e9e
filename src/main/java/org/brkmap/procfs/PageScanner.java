package org.brkmap.procfs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.brkmap.libc.PageScan;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;
import org.brkmap.model.PageRun;
import org.brkmap.procfs.PageMap.Entry;
import org.brkmap.procfs.PageMap.Run;
import org.jspecify.annotations.Nullable;

/** Reads the states of pages by {@link PageScan}: nothing of them is left to guess, and reservations cost nothing. For one thread. */
final class PageScanner implements PageReader {
    /** What is kept of one process: a mapping of 4 GiB with every other page in use. */
    private static final int RUNS_AT_MOST = 1 << 20;

    private final PageScan scan;
    private final int pageSize;
    private int left = RUNS_AT_MOST;

    PageScanner(PageScan scan, int pageSize) {
        this.scan = scan;
        this.pageSize = pageSize;
    }

    @Override
    public @Nullable List<PageRun> pages(Mapping mapping) throws IOException {
        if (mapping.range().end() < 0) {
            return null;
        }
        List<Run> runs = runs(mapping.range());
        left -= runs.size();
        return left < 0 ? null : new PageStates(mapping, null, pageSize).of(runs);
    }

    private List<Run> runs(AddressRange range) throws IOException {
        List<Run> runs = new ArrayList<>();
        long told = range.start();
        long scanned = range.start();
        while (scanned < range.end() && runs.size() <= left) {
            int found = scan.scan(scanned, range.end());
            for (int region = 0; region < found; region++) {
                add(runs, Entry.ABSENT, told, scan.start(region));
                add(runs, entry(scan.categories(region)), scan.start(region), scan.end(region));
                told = scan.end(region);
            }
            scanned = scan.scannedTo();
        }
        add(runs, Entry.ABSENT, told, range.end());
        return runs;
    }

    private void add(List<Run> runs, Entry entry, long from, long to) {
        if (from < to) {
            runs.add(new Run(entry, (to - from) / pageSize));
        }
    }

    /** A guard has the mark of swapped memory too, and huge zeros that of huge pages. */
    private static Entry entry(long categories) {
        if ((categories & PageScan.GUARD) != 0) {
            return Entry.GUARD;
        }
        if ((categories & PageScan.PRESENT) == 0) {
            return Entry.SWAPPED;
        }
        if ((categories & PageScan.ZERO) != 0) {
            return Entry.ZERO;
        }
        if ((categories & PageScan.FILE) != 0) {
            return Entry.FILE_OR_SHARED;
        }
        return (categories & PageScan.HUGE) != 0 ? Entry.HUGE : Entry.EXCLUSIVE;
    }
}
