package org.brkmap.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brkmap.bench.CopyCell.Cache;
import org.brkmap.bench.CopyCell.Destination;
import org.brkmap.bench.CopyStrategy.Family;
import org.jspecify.annotations.Nullable;

/** Results whose figures are known in advance: a table of milliseconds, a row for each way. */
final class CopySamples {
    static final CopyCell CELL = new CopyCell(1 << 20, Cache.WARM, Destination.NEW, false);

    private CopySamples() {}

    static CopyStrategy strategy(String id, Family family) {
        return new CopyStrategy(id, id + " <b>", family, true, (source, destination, synced) -> {
            throw new UnsupportedOperationException();
        });
    }

    static CopyResults results(Map<String, double[]> millis) {
        return results(Map.of(CELL, millis), millis.keySet());
    }

    /** The same in several cells, each of the size of {@link #CELL}; all of them with these ways. */
    static CopyResults results(Map<CopyCell, Map<String, double[]>> cells, Set<String> ways) {
        List<CopyStrategy> strategies = new ArrayList<>();
        ways.forEach(id -> strategies.add(strategy(id, family(id))));
        List<CopyRun> runs = new ArrayList<>();
        cells.forEach((cell, millis) -> millis.forEach((id, values) -> {
            for (int i = 0; i < values.length; i++) {
                runs.add(new CopyRun(cell, id, i + 1, measure(values[i])));
            }
        }));
        CopyPlan plan = new CopyPlan(
                List.of(CELL.bytes()),
                Set.of(CELL.cache()),
                Set.of(CELL.destination()),
                Set.of(false),
                CopyPlan.FEWEST_ROUNDS,
                1,
                Set.of(),
                false);
        return new CopyResults(
                List.of("a machine"), plan, strategies, Map.of("io-uring", "not <here>"), Map.of(), runs);
    }

    private static Family family(String id) {
        return switch (id) {
            case CopyStrategy.LIMIT -> Family.LIMIT;
            case CopyStrategy.TEXTBOOK_MAPPED -> Family.MAPPED;
            default -> Family.BUFFER;
        };
    }

    private static CopyMeasure measure(double millis) {
        Map<String, @Nullable Long> counts = new LinkedHashMap<>();
        counts.put("minor_faults", 3L);
        counts.put("major_faults", 0L);
        counts.put("user_us", 100L);
        counts.put("system_us", 400L);
        counts.put("instructions", null);
        return new CopyMeasure(Map.of("copy", (long) (millis * 1e6)), counts);
    }
}
