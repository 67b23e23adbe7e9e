package org.brkmap.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one malloc does on this machine; every number observed. Immutable.
 *
 * @param served where a first request of a size comes from, by size
 * @param flips by setting
 * @param length from which size on mmap is asked for what the request needs, to the byte
 * @param givenBack from which size on the free of a block asks the kernel for something
 * @param small what each of some small requests made it ask for
 * @param growth what many small requests made it ask the kernel for, in order, those alike in a row together
 * @param returned what free gave back; null if the run did not end well
 * @param arenas what threads reserve, for several numbers of them
 */
public record AllocatorFigures(
        Allocator allocator,
        Map<Long, Served> served,
        Map<String, Flip> flips,
        Length length,
        Flip givenBack,
        List<List<Growth>> small,
        List<Growth> growth,
        @Nullable Returned returned,
        List<Arenas> arenas) {
    public AllocatorFigures {
        served = new LinkedHashMap<>(served);
        flips = new LinkedHashMap<>(flips);
        small = small.stream().map(List::copyOf).toList();
        growth = List.copyOf(growth);
        arenas = List.copyOf(arenas);
    }

    /** From where a request is served. */
    public enum Way {
        /** A mapping made for it, and removed when it is freed. */
        OWN_MAPPING("a mapping of its own"),
        /** The program break was moved. */
        BREAK("the break, moved"),
        /** A mapping was made that stays when it is freed. */
        MAPPING("a mapping that stays"),
        /** Nothing was asked of the kernel. */
        STOCK("what it had");

        private final String words;

        Way(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }

    /** Where a request came from, and the address space that it cost, in bytes. */
    public record Served(Way way, long grown) {}

    /**
     * The size at which requests begin to get mappings of their own.
     *
     * @param first the smallest such request, in bytes; null if none up to {@code most} does
     * @param runs how many processes were watched to find it
     * @param unknown why it could not be looked for; null if it was
     */
    public record Flip(
            @Nullable Long first,
            long most,
            int runs,
            @Nullable String unknown) {}

    /** From which size on mmap is asked for the bytes of the request and so many more. */
    public record Length(Flip from, long extra) {}

    /** The same call of the kernel, so often in a row. */
    public record Growth(String call, long bytes, int times) {}

    /** Bytes resident and mapped: before the blocks, with all touched, and when all were freed; and the calls that free made. */
    public record Returned(
            long blocks,
            @Nullable Long residentBefore,
            @Nullable Long residentFull,
            @Nullable Long residentAfter,
            long mappedFull,
            long mappedAfter,
            List<String> calls) {
        public Returned {
            calls = List.copyOf(calls);
        }

        /** The share of what the blocks made resident that is no longer, from 0 to 1; null if unknown. */
        @Nullable Double share() {
            Long before = residentBefore;
            Long full = residentFull;
            Long after = residentAfter;
            if (before == null || full == null || after == null || full <= before) {
                return null;
            }
            return Math.max(0, Math.min(1, (double) (full - after) / (full - before)));
        }
    }

    /** What threads other than the first asked the kernel for, for one small block each, in bytes. */
    public record Arenas(String setting, int threads, long reserved, long accessible) {}
}
