package org.brkmap.bench;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every copy that was measured, and on what. Immutable, but for what it has computed already; not thread-safe.
 *
 * @param machine what the numbers depend on, a line each
 * @param strategies the ways that were measured
 * @param missing ids of ways that were not, each with the reason
 * @param unmeasured the cells that cannot be measured here, each with the reason
 * @param notes what a reader must know: copies that failed, an interruption
 * @param finished false if the plan was cut short; what is here is whole nevertheless
 * @param summaries of cells whose runs are all there, as far as they were asked for; results of the same benchmark share them
 */
public record CopyResults(
        List<String> machine,
        CopyPlan plan,
        List<CopyStrategy> strategies,
        Map<String, String> missing,
        Map<CopyCell, String> unmeasured,
        List<String> notes,
        List<CopyRun> runs,
        boolean finished,
        Map<CopyCell, List<CopySummary>> summaries) {
    public CopyResults {
        machine = List.copyOf(machine);
        strategies = List.copyOf(strategies);
        missing = Collections.unmodifiableMap(new LinkedHashMap<>(missing));
        unmeasured = Collections.unmodifiableMap(new LinkedHashMap<>(unmeasured));
        notes = List.copyOf(notes);
        runs = List.copyOf(runs);
    }

    /** Results that share no summaries with others. */
    CopyResults(
            List<String> machine,
            CopyPlan plan,
            List<CopyStrategy> strategies,
            Map<String, String> missing,
            Map<CopyCell, String> unmeasured,
            List<CopyRun> runs) {
        this(machine, plan, strategies, missing, unmeasured, List.of(), runs, true, new HashMap<>());
    }

    /** The cells of which at least one copy was measured. */
    public Set<CopyCell> cells() {
        Set<CopyCell> cells = new LinkedHashSet<>();
        runs.forEach(run -> cells.add(run.cell()));
        return cells;
    }

    /** The runs of one way in one cell, in order of rounds. */
    List<CopyRun> of(CopyCell cell, String strategy) {
        return runs.stream()
                .filter(run -> run.strategy().equals(strategy) && run.cell().equals(cell))
                .toList();
    }

    /** What they say: the ways measured in a cell, the fastest first; the limit is among them. */
    List<CopySummary> of(CopyCell cell) {
        List<CopySummary> known = summaries.get(cell);
        if (known == null) {
            known = List.copyOf(CopySummary.of(this, cell));
            if (!known.isEmpty()) {
                summaries.put(cell, known);
            }
        }
        return known;
    }
}
