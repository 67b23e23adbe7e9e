package org.brkmap.analyse;

import java.util.List;

/**
 * What an observation from elsewhere says of itself: what follows from its checkpoints and events, and where these disagree.
 *
 * @param analysis by what is in the observation alone
 * @param discrepancies where its calls do not make its checkpoints; as {@link Replay#discrepancies}
 */
public record Audit(Analysis analysis, List<Discrepancy> discrepancies) {
    public Audit {
        discrepancies = List.copyOf(discrepancies);
    }
}
