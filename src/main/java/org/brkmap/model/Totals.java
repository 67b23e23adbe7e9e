package org.brkmap.model;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sums over an address space, in bytes, without brkmap's own probe and without [vsyscall]; null where a part is not known.
 * Immutable.
 */
public record Totals(
        long virtual,
        @Nullable Long resident,
        @Nullable Long proportional,
        @Nullable Long privateDirty,
        @Nullable Long anonymous,
        @Nullable Long swap) {

    /** Adds up the mappings that count. */
    public static Totals of(List<Mapping> mappings) {
        List<Mapping> counted =
                mappings.stream().filter(mapping -> mapping.role().isCounted()).toList();
        return new Totals(
                counted.stream().mapToLong(Mapping::size).sum(),
                sum(counted, Usage::rss),
                sum(counted, Usage::pss),
                sum(counted, Usage::privateDirty),
                sum(counted, Usage::anonymous),
                sum(counted, Usage::swap));
    }

    private static @Nullable Long sum(List<Mapping> mappings, Function<Usage, @Nullable Long> field) {
        long sum = 0;
        for (Mapping mapping : mappings) {
            Usage usage = mapping.usage();
            Long value = usage == null ? null : field.apply(usage);
            if (value == null) {
                return null;
            }
            sum += value;
        }
        return sum;
    }
}
