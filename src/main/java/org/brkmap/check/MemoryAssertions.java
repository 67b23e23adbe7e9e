package org.brkmap.check;

import java.util.List;
import org.brkmap.analyse.Analysis;
import org.brkmap.model.Change;
import org.brkmap.model.Mapping;
import org.brkmap.model.Snapshot;

/**
 * Where checks begin: AssertJ subjects for an observed program. Start from an {@link Analysis} and walk inwards ({@code
 * assertThat(run).changesBetween("start", "end").grew(HEAP).areCausedBy("brk")}); every step keeps the description set
 * by {@code as}. A failure is an {@link AssertionError} that states expected, actual and cause as facts, with the
 * regions concerned as two columns of intervals. For several failures at once use AssertJ's {@code
 * SoftAssertions.check}. The subjects are for use by one thread.
 */
public final class MemoryAssertions {
    private MemoryAssertions() {}

    /** The whole run: its snapshots, changes and calls. */
    public static AnalysisAssert assertThat(Analysis actual) {
        return new AnalysisAssert(actual);
    }

    /** One snapshot of an address space. */
    public static SnapshotAssert assertThat(Snapshot actual) {
        return new SnapshotAssert(actual);
    }

    /** One mapping, on its own. */
    public static RegionAssert assertThat(Mapping actual) {
        return new RegionAssert(actual);
    }

    /** One change of a run, whose events name its causes. */
    public static ChangesAssert assertThat(Change actual, Analysis run) {
        return new ChangesAssert(List.of(actual), run, "here");
    }
}
