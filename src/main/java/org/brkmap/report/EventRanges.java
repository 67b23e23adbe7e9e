package org.brkmap.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.brkmap.model.AddressRange;
import org.brkmap.model.MemoryEvent;
import org.jspecify.annotations.Nullable;

/** The addresses that each memory call is about, by its arguments and its result. Immutable. */
final class EventRanges {
    private final Map<Long, AddressRange> ranges = new HashMap<>();

    EventRanges(List<MemoryEvent> events) {
        Map<Integer, Long> breaks = new HashMap<>();
        for (MemoryEvent event : events) {
            AddressRange range = event.succeeded() && event.args().size() >= 6 ? range(event, breaks) : null;
            if (range != null && !range.isEmpty()) {
                ranges.put(event.seq(), range);
            }
        }
    }

    @Nullable AddressRange of(MemoryEvent event) {
        return ranges.get(event.seq());
    }

    private static @Nullable AddressRange range(MemoryEvent event, Map<Integer, Long> breaks) {
        return switch (event.call()) {
            case "brk" -> {
                Long old = breaks.put(event.pid(), event.result());
                yield old == null ? null : between(old, event.result());
            }
            case "mmap" -> length(event.result(), event.arg(1));
            case "munmap", "mprotect", "pkey_mprotect", "madvise", "mlock", "munlock" ->
                length(event.arg(0), event.arg(1));
            case "mremap" -> length(event.result(), event.arg(2));
            case "shmat" -> event.extent() == null ? null : length(event.result(), event.extent());
            default -> null;
        };
    }

    private static AddressRange between(long one, long other) {
        return Long.compareUnsigned(one, other) <= 0 ? new AddressRange(one, other) : new AddressRange(other, one);
    }

    private static @Nullable AddressRange length(long start, long length) {
        return length <= 0 || Long.compareUnsigned(start + length, start) < 0
                ? null
                : AddressRange.ofLength(start, length);
    }
}
