package org.brkmap.analyse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Backing;
import org.brkmap.model.Mapping;
import org.brkmap.model.PageRun;
import org.brkmap.model.Usage;
import org.jspecify.annotations.Nullable;

/**
 * The canonical form of an address space: neighbours that are alike joined. Whether the kernel keeps two like neighbours as
 * one row or as two depends on the history of their pages, so only this form can be compared.
 */
final class Intervals {
    private Intervals() {}

    /** Joins neighbours of one role, with equal permissions, of which the second continues the first. */
    static List<Mapping> join(List<Mapping> mappings) {
        List<Mapping> joined = new ArrayList<>();
        for (Mapping mapping : mappings) {
            int last = joined.size() - 1;
            if (last >= 0 && continues(joined.get(last), mapping)) {
                joined.set(last, join(joined.get(last), mapping));
            } else {
                joined.add(mapping);
            }
        }
        return joined;
    }

    private static boolean continues(Mapping low, Mapping high) {
        return low.range().end() == high.range().start()
                && low.role() == high.role()
                && low.permissions().equals(high.permissions())
                && isSame(
                        low.backing(),
                        low.range().start(),
                        high.backing(),
                        high.range().start());
    }

    /** Whether both are the same memory for what rows tell: anonymous, or the same byte of one file at each address. */
    static boolean isSame(Backing one, long oneStart, Backing other, long otherStart) {
        if (isAnonymous(one) || isAnonymous(other)) {
            return isAnonymous(one) && isAnonymous(other);
        }
        boolean numbered = one.inode() != 0 && other.inode() != 0;
        boolean sameFile = numbered ? isSameInode(one, other) : one.name().equals(other.name());
        return sameFile && one.offset() - oneStart == other.offset() - otherStart;
    }

    /** Calls do not tell the device of what has no path: 0:0 stands for any. */
    private static boolean isSameInode(Backing one, Backing other) {
        boolean device = hasDevice(one) && hasDevice(other);
        return device ? one.sameFile(other) : one.inode() == other.inode();
    }

    private static boolean hasDevice(Backing backing) {
        return backing.major() != 0 || backing.minor() != 0;
    }

    static boolean isAnonymous(Backing backing) {
        return backing.inode() == 0 && !backing.isFile();
    }

    private static Mapping join(Mapping low, Mapping high) {
        return new Mapping(
                new AddressRange(low.range().start(), high.range().end()),
                low.permissions(),
                low.backing(),
                low.role(),
                both(low.usage(), high.usage(), Intervals::sum),
                both(low.pages(), high.pages(), Intervals::append));
    }

    private static Usage sum(Usage one, Usage other) {
        Function<Function<Usage, @Nullable Long>, @Nullable Long> field =
                get -> both(get.apply(one), get.apply(other), Long::sum);
        return new Usage(
                one.rss() + other.rss(),
                field.apply(Usage::pss),
                field.apply(Usage::sharedClean),
                field.apply(Usage::sharedDirty),
                field.apply(Usage::privateClean),
                field.apply(Usage::privateDirty),
                field.apply(Usage::referenced),
                field.apply(Usage::anonymous),
                field.apply(Usage::lazyFree),
                field.apply(Usage::anonymousHuge),
                field.apply(Usage::swap),
                field.apply(Usage::locked));
    }

    private static List<PageRun> append(List<PageRun> low, List<PageRun> high) {
        List<PageRun> runs = new ArrayList<>(low);
        for (PageRun run : high) {
            int last = runs.size() - 1;
            if (last >= 0 && runs.get(last).state() == run.state()) {
                runs.set(last, new PageRun(run.state(), runs.get(last).pages() + run.pages()));
            } else {
                runs.add(run);
            }
        }
        return runs;
    }

    private static <T> @Nullable T both(@Nullable T one, @Nullable T other, BinaryOperator<T> combine) {
        return one == null || other == null ? null : combine.apply(one, other);
    }

    /** Every address at which an interval of either begins or ends, ascending as unsigned, each once. */
    static long[] bounds(List<Mapping> one, List<Mapping> other) {
        long[] bounds = new long[2 * (one.size() + other.size())];
        int count = 0;
        for (List<Mapping> intervals : List.of(one, other)) {
            for (Mapping interval : intervals) {
                bounds[count++] = interval.range().start() ^ Long.MIN_VALUE;
                bounds[count++] = interval.range().end() ^ Long.MIN_VALUE;
            }
        }
        Arrays.sort(bounds);
        int different = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || bounds[i] != bounds[i - 1]) {
                bounds[different++] = bounds[i];
            }
        }
        for (int i = 0; i < different; i++) {
            bounds[i] ^= Long.MIN_VALUE;
        }
        return Arrays.copyOf(bounds, different);
    }

    /** The part of an interval in {@code part}; how much of it is in memory is known only of the whole. */
    static Mapping slice(Mapping whole, AddressRange part) {
        if (part.equals(whole.range())) {
            return whole;
        }
        Mapping cut = Area.of(whole).slice(part).toMapping();
        return cut.withRole(whole.role());
    }
}
