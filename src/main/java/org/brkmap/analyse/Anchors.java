package org.brkmap.analyse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.brkmap.model.Mapping;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Role;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the regions of one process that have neither a file nor a label, in the order in which they came to be. A number
 * belongs to the address where the region began, and is never given again. Not thread-safe.
 */
final class Anchors {
    private static final Map<Role, String> PREFIXES = new EnumMap<>(Map.of(
            Role.ANONYMOUS, "anon",
            Role.SHARED, "shm",
            Role.ARENA, "arena",
            Role.THREAD_STACK, "thread-stack",
            Role.STACK_GUARD, "guard",
            Role.OTHER, "other",
            Role.UNKNOWN, "region"));

    /** The name of a region and the address where it began. */
    record Anchor(String prefix, int number, long address) {
        String name() {
            return prefix + "#" + number;
        }
    }

    private final Map<String, Integer> given = new HashMap<>();
    private final Map<String, NavigableMap<Long, Anchor>> live = new HashMap<>();

    static boolean isNumbered(Role role) {
        return PREFIXES.containsKey(role);
    }

    /**
     * Numbers what is new in a snapshot and forgets what is gone.
     *
     * @param intervals the numbered regions of the snapshot, like neighbours joined
     * @param events those since the last snapshot of the process: they tell which region came first
     * @return the anchors that hold at this snapshot, by prefix and address
     */
    Map<String, NavigableMap<Long, Anchor>> at(List<Mapping> intervals, List<MemoryEvent> events) {
        Map<String, NavigableMap<Long, Anchor>> kept = new HashMap<>();
        List<Mapping> fresh = new ArrayList<>();
        for (Mapping interval : intervals) {
            var inside = within(live, interval);
            inside.values().forEach(anchor -> put(kept, anchor));
            if (inside.isEmpty()) {
                fresh.add(interval);
            }
        }
        Map<Mapping, MemoryEvent> makers = makers(fresh, events);
        fresh.sort(Comparator.comparingLong((Mapping interval) -> {
                    MemoryEvent maker = makers.get(interval);
                    return maker == null ? -1 : maker.seq();
                })
                .thenComparing(Mapping::range));
        for (Mapping interval : fresh) {
            MemoryEvent maker = makers.get(interval);
            String prefix = prefix(interval.role());
            long address = maker == null ? interval.range().start() : maker.result();
            put(kept, new Anchor(prefix, given.merge(prefix, 1, Integer::sum), address));
        }
        live.clear();
        kept.forEach((prefix, anchors) -> live.put(prefix, new TreeMap<>(anchors)));
        return kept;
    }

    /** The first-numbered anchor inside the interval. */
    static @Nullable Anchor of(Map<String, NavigableMap<Long, Anchor>> anchors, Mapping interval) {
        return within(anchors, interval).values().stream()
                .min(Comparator.comparingInt(Anchor::number))
                .orElse(null);
    }

    private static Map<Long, Anchor> within(Map<String, NavigableMap<Long, Anchor>> anchors, Mapping interval) {
        NavigableMap<Long, Anchor> ofRole = anchors.get(prefix(interval.role()));
        return ofRole == null
                ? Map.of()
                : ofRole.subMap(interval.range().start(), true, interval.range().end(), false);
    }

    private static void put(Map<String, NavigableMap<Long, Anchor>> anchors, Anchor anchor) {
        anchors.computeIfAbsent(anchor.prefix, key -> new TreeMap<>(Long::compareUnsigned))
                .put(anchor.address, anchor);
    }

    /** The first event whose result lies in each new region. */
    private static Map<Mapping, MemoryEvent> makers(List<Mapping> fresh, List<MemoryEvent> events) {
        TreeMap<Long, Mapping> byStart = new TreeMap<>(Long::compareUnsigned);
        fresh.forEach(interval -> byStart.put(interval.range().start(), interval));
        Map<Mapping, MemoryEvent> makers = new HashMap<>();
        for (MemoryEvent event : events) {
            boolean maps = event.call().startsWith("mmap")
                    || event.call().equals("mremap")
                    || event.call().equals("shmat");
            var candidate = maps && event.succeeded() ? byStart.floorEntry(event.result()) : null;
            if (candidate != null && candidate.getValue().range().contains(event.result())) {
                makers.putIfAbsent(candidate.getValue(), event);
            }
        }
        return makers;
    }

    private static String prefix(Role role) {
        return PREFIXES.getOrDefault(role, "region");
    }
}
