package org.brkmap.evidence;

import java.util.ArrayList;
import java.util.List;
import org.brkmap.analyse.Analysis;
import org.brkmap.model.AllocatorCall;
import org.brkmap.model.Observation;

/**
 * One program, observed once, with the changes found in it. Immutable.
 *
 * @param name what a reader calls this run, such as {@code alloc_size, 32 KiB × 10}
 * @param analysis what was seen, and what it means
 */
public record RunDocument(String name, Analysis analysis) implements EvidenceDocument {

    /** How many calls of the allocator a document keeps: the first ones. The rest is counted as dropped. */
    public static final int MAX_ALLOCATIONS = 20_000;

    public RunDocument {
        analysis = bounded(analysis, MAX_ALLOCATIONS);
    }

    /** The run under its program's file name. */
    public static RunDocument of(Analysis analysis) {
        List<String> argv = analysis.observation().program().argv();
        String program = argv.isEmpty() ? "program" : argv.get(0);
        return of(program.substring(program.lastIndexOf('/') + 1), analysis);
    }

    /** The run under a name of the caller's. */
    public static RunDocument of(String name, Analysis analysis) {
        return new RunDocument(name, analysis);
    }

    public Observation observation() {
        return analysis.observation();
    }

    /** The same run with no more than the first so many calls of the allocator. */
    RunDocument keeping(int most) {
        return observation().allocations().size() <= most ? this : new RunDocument(name, bounded(analysis, most));
    }

    private static Analysis bounded(Analysis analysis, int most) {
        Observation seen = analysis.observation();
        int excess = seen.allocations().size() - most;
        if (excess <= 0) {
            return analysis;
        }
        List<AllocatorCall> kept = new ArrayList<>(seen.allocations().subList(0, most));
        return new Analysis(
                new Observation(
                        seen.program(),
                        seen.host(),
                        seen.transcript(),
                        seen.snapshots(),
                        seen.events(),
                        kept,
                        seen.allocationsDropped() + excess,
                        seen.ending(),
                        seen.notes()),
                analysis.changes());
    }
}
