package org.brkmap.evidence;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A lab done once: its runs, what was measured over them, and how its checks came out. It holds no time of day, so that the
 * same evidence is the same bytes. Immutable.
 *
 * @param lab the id of the lab, which is also its profile and folder
 * @param generatedBy name and version of the program that wrote it
 * @param facts measured values by name: a Long, a String, a Boolean, or null for unknown
 * @param answers what the student committed, by exercise
 */
public record LabDocument(
        String lab,
        String title,
        String generatedBy,
        List<RunDocument> runs,
        Map<String, @Nullable Object> facts,
        List<CheckResult> checks,
        Map<String, String> answers)
        implements EvidenceDocument {

    /** How many calls of the allocator it keeps of each run: the first ones. The rest is counted as dropped. */
    public static final int MAX_ALLOCATIONS = 500;

    public LabDocument {
        runs = runs.stream().map(run -> run.keeping(MAX_ALLOCATIONS)).toList();
        checks = List.copyOf(checks);
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
        for (Map.Entry<String, @Nullable Object> fact : facts.entrySet()) {
            Object value = fact.getValue();
            if (value != null
                    && !(value instanceof Long)
                    && !(value instanceof String)
                    && !(value instanceof Boolean)) {
                throw new IllegalArgumentException("fact " + fact.getKey() + " is a "
                        + value.getClass().getSimpleName() + "; facts are Long, String, Boolean or null");
            }
        }
        for (CheckResult check : checks) {
            Integer run = check.run();
            if (run != null && (run < 0 || run >= runs.size())) {
                throw new IllegalArgumentException(
                        "check " + check.id() + " names run " + run + " of " + runs.size() + " (counted from 0)");
            }
        }
    }

    public Score score() {
        return Score.of(checks);
    }
}
