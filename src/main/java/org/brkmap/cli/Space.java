package org.brkmap.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.jspecify.annotations.Nullable;

/**
 * An address space from its first mapping to its last, with what lies between them.
 *
 * @param pageSize in bytes
 */
record Space(List<Stretch> stretches, int pageSize) {

    /** What a stretch of addresses is. */
    enum Kind {
        MAPPING,
        NOT_USED,
        /** Something was cut out of the listing here. */
        UNKNOWN
    }

    /** Addresses that are one thing; the mapping is null but for mappings. */
    record Stretch(Kind kind, AddressRange range, @Nullable Mapping mapping) {
        String title() {
            return switch (kind) {
                case MAPPING -> mapping == null ? "" : mapping.role().title();
                case NOT_USED -> "not used";
                case UNKNOWN -> "unknown";
            };
        }
    }

    Space {
        stretches = List.copyOf(stretches);
    }

    /**
     * The stretches of these mappings. The gap below [vsyscall], which lies outside of user space, is none.
     *
     * @param missingBefore as in {@link org.brkmap.procfs.MapsListing}
     */
    static Space of(List<Mapping> mappings, Set<Integer> missingBefore, int pageSize) {
        List<Stretch> stretches = new ArrayList<>();
        for (int i = 0; i < mappings.size(); i++) {
            Mapping mapping = mappings.get(i);
            long to = mapping.range().start();
            long from = i == 0 ? to : mappings.get(i - 1).range().end();
            AddressRange before = new AddressRange(from, to);
            boolean missing = missingBefore.contains(i) && i > 0;
            boolean gap = !before.isEmpty() && mapping.role() != Role.VSYSCALL;
            if (missing || gap) {
                stretches.add(new Stretch(missing ? Kind.UNKNOWN : Kind.NOT_USED, before, null));
            }
            stretches.add(new Stretch(Kind.MAPPING, mapping.range(), mapping));
        }
        return new Space(stretches, pageSize);
    }

    List<Mapping> mappings() {
        List<Mapping> mappings = new ArrayList<>();
        for (Stretch stretch : stretches) {
            Mapping mapping = stretch.mapping();
            if (mapping != null) {
                mappings.add(mapping);
            }
        }
        return mappings;
    }

    long pages(AddressRange range) {
        return Long.divideUnsigned(range.length(), pageSize);
    }
}
