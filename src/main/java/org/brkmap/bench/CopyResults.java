package org.brkmap.bench;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every copy that was measured, and on what. Immutable.
 *
 * @param machine what the numbers depend on, a line each
 * @param strategies the ways that were measured
 * @param missing ids of ways that were not, each with the reason
 * @param notes what a reader must know: cells that could not be measured, a noisy machine
 * @param finished false if the plan was cut short; what is here is whole nevertheless
 */
public record CopyResults(
        List<String> machine,
        CopyPlan plan,
        List<CopyStrategy> strategies,
        Map<String, String> missing,
        List<String> notes,
        List<CopyRun> runs,
        boolean finished) {
    public CopyResults {
        machine = List.copyOf(machine);
        strategies = List.copyOf(strategies);
        missing = new LinkedHashMap<>(missing);
        notes = List.copyOf(notes);
        runs = List.copyOf(runs);
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
                .filter(run -> run.cell().equals(cell) && run.strategy().equals(strategy))
                .toList();
    }
}
