package org.brkmap.analyse;

import java.util.List;
import org.brkmap.model.Mapping;
import org.jspecify.annotations.Nullable;

/** Walks up a list of mappings in order of address. Not thread-safe. */
final class Cursor {
    private final List<Mapping> mappings;
    private int next;

    Cursor(List<Mapping> mappings) {
        this.mappings = mappings;
    }

    /** The mapping that holds the address; addresses must be asked for in ascending order. */
    @Nullable Mapping at(long address) {
        while (next < mappings.size()
                && Long.compareUnsigned(mappings.get(next).range().end(), address) <= 0) {
            next++;
        }
        boolean holds = next < mappings.size() && mappings.get(next).range().contains(address);
        return holds ? mappings.get(next) : null;
    }
}
