package org.brkmap.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found out about each malloc. Immutable.
 *
 * @param machine what it depends on, a line each
 * @param missing names of those that are not installed, each with how to get it
 */
public record MallocResults(List<String> machine, List<AllocatorFigures> allocators, Map<String, String> missing) {
    public MallocResults {
        machine = List.copyOf(machine);
        allocators = List.copyOf(allocators);
        missing = new LinkedHashMap<>(missing);
    }
}
