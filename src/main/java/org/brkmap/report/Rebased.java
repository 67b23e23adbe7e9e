package org.brkmap.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;

/**
 * Moves one address space onto another, part by part, so that what ASLR parted stands level: the program by its lowest address,
 * the heap by its start, the mmap area by the end of the loader, the stack by its end.
 */
final class Rebased {
    private enum Part {
        PROGRAM,
        HEAP,
        MMAP,
        STACK
    }

    private Rebased() {}

    /** The mappings of the one at the addresses of the other. */
    static List<Mapping> onto(List<Mapping> model, List<Mapping> mappings) {
        Map<Part, Long> there = anchors(model);
        Map<Part, Long> here = anchors(mappings);
        List<Mapping> moved = new ArrayList<>();
        for (Mapping mapping : mappings) {
            Part part = part(mapping, mappings);
            long by = there.getOrDefault(part, 0L) - here.getOrDefault(part, 0L);
            long start = mapping.range().start() + (there.containsKey(part) ? by : 0);
            boolean wraps = Long.compareUnsigned(start + mapping.size(), start) < 0;
            AddressRange range = wraps ? mapping.range() : AddressRange.ofLength(start, mapping.size());
            moved.add(new Mapping(
                    range, mapping.permissions(), mapping.backing(), mapping.role(), mapping.usage(), mapping.pages()));
        }
        moved.sort(Comparator.comparing(Mapping::range));
        return moved;
    }

    private static Map<Part, Long> anchors(List<Mapping> mappings) {
        Map<Part, Long> anchors = new EnumMap<>(Part.class);
        for (Mapping mapping : mappings) {
            Part part = part(mapping, mappings);
            switch (part) {
                case PROGRAM, HEAP -> anchors.putIfAbsent(part, mapping.range().start());
                case STACK -> {
                    if (mapping.role() == Role.STACK) {
                        anchors.put(part, mapping.range().end());
                    }
                }
                case MMAP -> {
                    if (mapping.role() == Role.LOADER || !anchors.containsKey(part)) {
                        anchors.put(part, mapping.range().end());
                    }
                }
            }
        }
        return anchors;
    }

    /** The kernel's pages lie above the stack, or with the loader: they go with what they are nearer to. */
    private static Part part(Mapping mapping, List<Mapping> all) {
        return switch (Hue.of(mapping.role())) {
            case PROGRAM -> Part.PROGRAM;
            case HEAP -> Part.HEAP;
            case STACK -> mapping.role() == Role.STACK ? Part.STACK : Part.MMAP;
            case KERNEL -> {
                long stack = all.stream()
                        .filter(other -> other.role() == Role.STACK)
                        .mapToLong(other -> other.range().end())
                        .findFirst()
                        .orElse(0);
                yield Long.compareUnsigned(mapping.range().start(), stack) >= 0 ? Part.STACK : Part.MMAP;
            }
            default -> Part.MMAP;
        };
    }
}
