package org.brkmap.analyse;

import java.util.List;
import org.brkmap.model.Change;
import org.brkmap.model.Observation;

/**
 * An observation understood: its snapshots carry roles, its events and allocator calls carry origins and source lines, and
 * every difference between neighbouring snapshots of a process stands in {@code changes} with its cause. Immutable.
 */
public record Analysis(Observation observation, List<Change> changes) {
    public Analysis {
        changes = List.copyOf(changes);
    }
}
