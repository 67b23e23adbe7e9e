package org.brkmap.procfs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.brkmap.model.Backing;
import org.brkmap.model.Mapping;
import org.brkmap.model.PageRun;
import org.brkmap.model.PageState;
import org.brkmap.model.Usage;
import org.brkmap.procfs.PageMap.Entry;
import org.brkmap.procfs.PageMap.Run;
import org.jspecify.annotations.Nullable;

/**
 * Judges what the pages of one mapping are, from their entries of pagemap, from what backs the mapping, and from its usage in
 * smaps.
 *
 * <p>In the entries that {@link PageMap} reads, the page of zeros looks like anonymous memory that is shared since a fork; only
 * the count of anonymous bytes tells them apart. Where a mapping has some of both, or its usage was not read, nothing is said of
 * it. {@link PageScanner} names both, and needs no usage.
 */
final class PageStates {
    private static final Set<String> OF_THE_KERNEL =
            Set.of("[vdso]", "[vvar]", "[vvar_vclock]", "[vsyscall]", "[sigpage]", "[vectors]", "[uprobes]");

    private final Mapping mapping;
    private final @Nullable Usage usage;
    private final int pageSize;

    PageStates(Mapping mapping, @Nullable Usage usage, int pageSize) {
        this.mapping = mapping;
        this.usage = usage;
        this.pageSize = pageSize;
    }

    /** The states from low to high, or null where they cannot be told. */
    @Nullable List<PageRun> of(List<Run> runs) {
        PageState other = other(count(runs, Entry.EXCLUSIVE), count(runs, Entry.OTHER));
        if (other == null) {
            return null;
        }
        List<PageRun> states = new ArrayList<>();
        for (Run run : runs) {
            add(states, state(run.entry(), other), run.pages());
        }
        return withHuge(states);
    }

    private PageState state(Entry entry, PageState other) {
        return switch (entry) {
            case ABSENT -> PageState.ABSENT;
            case GUARD -> PageState.GUARD;
            case SWAPPED -> PageState.SWAPPED;
            case FILE_OR_SHARED -> fileOrShared();
            case EXCLUSIVE -> owned();
            case HUGE -> owned() == PageState.ANONYMOUS ? PageState.HUGE : owned();
            case ZERO -> PageState.ZERO;
            case OTHER -> other;
        };
    }

    private PageState fileOrShared() {
        if (ofTheKernel() || (mapping.permissions().shared() && isSharedMemory())) {
            return PageState.SHARED;
        }
        // A huge page of zeros is no anonymous page by the kernel's count, in a mapping that can hold no other.
        return isAnonymous() ? PageState.ZERO : PageState.FILE;
    }

    private PageState owned() {
        if (ofTheKernel() || mapping.permissions().shared()) {
            return PageState.SHARED;
        }
        return isAnonymous() ? PageState.ANONYMOUS : PageState.COPIED;
    }

    /** What the pages are that are neither a file's nor exclusive; null if they may be of several kinds. */
    private @Nullable PageState other(long exclusive, long others) {
        if (others == 0 || ofTheKernel() || mapping.permissions().shared()) {
            return PageState.SHARED;
        }
        Long anonymous = usage == null ? null : usage.anonymous();
        if (anonymous == null) {
            return null;
        }
        if (anonymous == (exclusive + others) * pageSize) {
            return owned();
        }
        return anonymous == exclusive * pageSize && isAnonymous() ? PageState.ZERO : null;
    }

    /**
     * Marks huge pages where it is certain which they are: where as many bytes lie in whole, aligned, populated blocks as smaps
     * counts in huge pages.
     */
    private List<PageRun> withHuge(List<PageRun> runs) {
        Long huge = usage == null ? null : usage.anonymousHuge();
        if (huge == null || huge == 0) {
            return runs;
        }
        long block = pageSize / Long.BYTES;
        long first = mapping.range().start() / pageSize;
        long blocks = 0;
        List<PageRun> marked = new ArrayList<>();
        for (PageRun run : runs) {
            long from = (first + block - 1) / block * block;
            long to = (first + run.pages()) / block * block;
            if (run.state() == PageState.ANONYMOUS && to > from) {
                blocks += (to - from) / block;
                add(marked, PageState.ANONYMOUS, from - first);
                add(marked, PageState.HUGE, to - from);
                add(marked, PageState.ANONYMOUS, first + run.pages() - to);
            } else {
                add(marked, run.state(), run.pages());
            }
            first += run.pages();
        }
        return blocks * block * pageSize == huge ? marked : runs;
    }

    private boolean ofTheKernel() {
        return OF_THE_KERNEL.contains(mapping.backing().name());
    }

    /** Private memory of /dev/zero is anonymous, though it bears a name. */
    private boolean isAnonymous() {
        Backing backing = mapping.backing();
        return !mapping.permissions().shared()
                && (backing.inode() == 0 || backing.name().equals("/dev/zero"));
    }

    /** Names that the kernel gives to files without a place in the file system. */
    private boolean isSharedMemory() {
        String name = mapping.backing().name();
        return !mapping.backing().isFile()
                || name.equals("/dev/zero (deleted)")
                || name.equals("/dev/zero")
                || name.startsWith("/memfd:")
                || (name.startsWith("/SYSV") && name.endsWith(" (deleted)"));
    }

    private static long count(List<Run> runs, Entry entry) {
        return runs.stream()
                .filter(run -> run.entry() == entry)
                .mapToLong(Run::pages)
                .sum();
    }

    private static void add(List<PageRun> runs, PageState state, long pages) {
        int last = runs.size() - 1;
        if (pages == 0) {
            return;
        }
        if (last >= 0 && runs.get(last).state() == state) {
            runs.set(last, new PageRun(state, runs.get(last).pages() + pages));
        } else {
            runs.add(new PageRun(state, pages));
        }
    }
}
