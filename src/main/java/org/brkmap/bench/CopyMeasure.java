package org.brkmap.bench;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one copy took. Immutable.
 *
 * @param phases nanoseconds of each part, in order: open, map, copy, flush, unmap, close
 * @param counts faults, waits, preemptions, microseconds of processor time, and the processor's own counters; null where
 *     this machine does not count it
 */
public record CopyMeasure(Map<String, Long> phases, Map<String, @Nullable Long> counts) {
    public CopyMeasure {
        phases = Collections.unmodifiableMap(new LinkedHashMap<>(phases));
        counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    }

    /** All phases together, in milliseconds. */
    public double millis() {
        return phases.values().stream().mapToLong(Long::longValue).sum() / 1e6;
    }

    /**
     * Reads what the programs of sample-c/copy print.
     *
     * @throws IOException if it is not that
     */
    static CopyMeasure parse(String text) throws IOException {
        Map<String, Long> phases = new LinkedHashMap<>();
        Map<String, @Nullable Long> counts = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            String[] words = line.split(" ", -1);
            if (words.length != 3) {
                throw new IOException("a copy program printed what is no measurement: " + line);
            }
            try {
                if (words[0].equals("ns")) {
                    phases.put(words[1], Long.parseLong(words[2]));
                } else {
                    counts.put(words[1], words[2].equals("n/a") ? null : (Long) Long.parseLong(words[2]));
                }
            } catch (NumberFormatException e) {
                throw new IOException("a copy program printed what is no measurement: " + line, e);
            }
        }
        if (phases.isEmpty()) {
            throw new IOException("a copy program printed no measurement");
        }
        return new CopyMeasure(phases, counts);
    }
}
