package org.brkmap.check;

import java.util.List;
import org.brkmap.analyse.Analysis;
import org.brkmap.analyse.Discrepancy;
import org.brkmap.analyse.Replay;
import org.brkmap.model.Change;
import org.brkmap.model.Ending;
import org.brkmap.model.Snapshot;

/**
 * Assertions over a whole run, and the way to its snapshots, changes and calls. Labels may be shortened to a beginning
 * that is unique.
 */
public final class AnalysisAssert extends MemoryAssert<AnalysisAssert, Analysis> {
    AnalysisAssert(Analysis actual) {
        super(actual, AnalysisAssert.class);
    }

    /** The first snapshot with this label. */
    public SnapshotAssert snapshot(String label) {
        return lead(new SnapshotAssert(find(label)));
    }

    /** All changes of the run, in order. */
    public ChangesAssert changes() {
        isNotNull();
        return lead(new ChangesAssert(actual.changes(), actual, "in this run"));
    }

    /** The changes from one snapshot to a later one of the same process, step by step. */
    public ChangesAssert changesBetween(String from, String to) {
        Snapshot first = find(from);
        Snapshot last = find(to, first);
        List<Integer> ids = actual.observation().snapshots().stream()
                .filter(snapshot -> snapshot.pid() == first.pid())
                .map(Snapshot::id)
                .filter(id -> id >= first.id() && id <= last.id())
                .toList();
        List<Change> changes = actual.changes().stream()
                .filter(change -> ids.contains(change.from()) && ids.contains(change.to()))
                .toList();
        return lead(new ChangesAssert(changes, actual, "between \"" + from + "\" and \"" + to + "\""));
    }

    /** The calls the tracer saw. */
    public TraceAssert trace() {
        isNotNull();
        return lead(new TraceAssert(actual.observation().events(), actual, "in this run"));
    }

    /** The calls the tracer saw from one snapshot to a later one. */
    public TraceAssert traceBetween(String from, String to) {
        Snapshot first = find(from);
        Snapshot last = find(to, first);
        return lead(new TraceAssert(
                actual.observation().events().stream()
                        .filter(event -> event.pid() == first.pid())
                        .filter(event -> event.seq() >= first.eventsBefore() && event.seq() < last.eventsBefore())
                        .toList(),
                actual,
                "between \"" + from + "\" and \"" + to + "\""));
    }

    /** The program ended by itself with status 0. */
    public AnalysisAssert endedWell() {
        isNotNull();
        Ending ending = actual.observation().ending();
        if (!ending.isSuccess()) {
            String detail = ending.detail() == null ? "" : " (" + ending.detail() + ")";
            throw failure(Failure.of("the program should end by itself", "exit status 0", ending.describe() + detail)
                    .causedBy(
                            ending.where() == null
                                    ? List.of()
                                    : List.of(ending.where().describe())));
        }
        return this;
    }

    /** Every change of the run has a cause that was seen. */
    public AnalysisAssert hasOnlyExplainedChanges() {
        isNotNull();
        List<Change> unexplained = actual.changes().stream()
                .filter(change -> !Runs.isExplained(change))
                .toList();
        if (!unexplained.isEmpty()) {
            throw failure(Failure.of(
                            "every change should have a cause",
                            "0 unexplained changes",
                            Wording.count(unexplained.size(), "unexplained change", "unexplained changes"))
                    .showing(RegionDiff.of(unexplained)));
        }
        return this;
    }

    /** Each snapshot is what the calls since the one before it make of that. */
    public AnalysisAssert replaysExactly() {
        isNotNull();
        List<Discrepancy> found = Replay.of(actual.observation()).discrepancies();
        if (!found.isEmpty()) {
            throw failure(new Failure(
                    "the calls since a snapshot should give the next",
                    "0 discrepancies",
                    Wording.count(found.size(), "discrepancy", "discrepancies"),
                    List.of(),
                    found.stream().map(Discrepancy::describe).toList()));
        }
        return this;
    }

    private Snapshot find(String label) {
        isNotNull();
        return Runs.snapshot(actual, label).orElseThrow(() -> unknown(label));
    }

    private Snapshot find(String label, Snapshot first) {
        return actual.observation().snapshots().stream()
                .filter(snapshot -> snapshot.pid() == first.pid() && snapshot.id() > first.id())
                .filter(snapshot -> snapshot.label().startsWith(label))
                .findFirst()
                .orElseThrow(() -> unknown(label));
    }

    private AssertionError unknown(String label) {
        return failure(Failure.of(
                "the program should have stopped there", "a checkpoint \"" + label + "\"", Runs.labels(actual)));
    }
}
