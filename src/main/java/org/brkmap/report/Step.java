package org.brkmap.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brkmap.analyse.Analysis;
import org.brkmap.model.AllocatorCall;
import org.brkmap.model.AllocatorCounts;
import org.brkmap.model.CauseKind;
import org.brkmap.model.Change;
import org.brkmap.model.ChangeKind;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Observation;
import org.brkmap.model.Snapshot;

/**
 * What lies between two neighbouring snapshots of a process.
 *
 * @param changes without those of brkmap's own probe
 * @param events the process's system calls in between
 * @param calls its allocator calls in between, where the log holds them all; else empty
 */
record Step(
        Snapshot before, Snapshot after, List<Change> changes, List<MemoryEvent> events, List<AllocatorCall> calls) {

    /** The steps of a run, in order of their later snapshot. */
    static List<Step> of(Analysis analysis) {
        Observation seen = analysis.observation();
        Map<Integer, Snapshot> latest = new HashMap<>();
        List<Step> steps = new ArrayList<>();
        for (Snapshot after : seen.snapshots()) {
            Snapshot before = latest.put(after.pid(), after);
            if (before != null) {
                steps.add(between(before, after, analysis));
            }
        }
        return steps;
    }

    private static Step between(Snapshot before, Snapshot after, Analysis analysis) {
        List<Change> changes = analysis.changes().stream()
                .filter(change -> change.from() == before.id() && change.to() == after.id())
                .filter(change -> change.role().isCounted())
                .toList();
        return between(before, after, changes, analysis.observation());
    }

    /** A step of these changes, with the calls that fall into it. */
    static Step between(Snapshot before, Snapshot after, List<Change> changes, Observation seen) {
        List<MemoryEvent> all = seen.events();
        int from = (int) Math.min(all.size(), Math.max(0, before.eventsBefore()));
        int to = (int) Math.max(from, Math.min(all.size(), after.eventsBefore()));
        List<MemoryEvent> events = all.subList(from, to).stream()
                .filter(event -> event.pid() == after.pid())
                .toList();
        return new Step(before, after, changes, events, callsBetween(before, after, seen));
    }

    private static List<AllocatorCall> callsBetween(Snapshot before, Snapshot after, Observation seen) {
        AllocatorCounts last = after.allocations();
        if (last == null) {
            return List.of();
        }
        long image = seen.snapshots().stream()
                .filter(other -> other.pid() == after.pid() && other.id() <= after.id())
                .filter(other -> other.kind() == CheckpointKind.EXEC)
                .mapToLong(Snapshot::eventsBefore)
                .max()
                .orElse(0);
        List<AllocatorCall> log = seen.allocations().stream()
                .filter(call -> call.pid() == after.pid() && call.afterEvent() >= image)
                .filter(call -> isCounted(call.call().operation()))
                .sorted(Comparator.comparingLong(AllocatorCall::serial))
                .toList();
        long from = sum(counted(before));
        long to = sum(last);
        return from >= 0 && from <= to && to <= log.size() ? log.subList((int) from, (int) to) : List.of();
    }

    /** What was called up to a snapshot of a program that is counted: before its first call there is no count. */
    private static AllocatorCounts counted(Snapshot snapshot) {
        AllocatorCounts counts = snapshot.allocations();
        return counts == null ? new AllocatorCounts(0, 0, 0, 0, 0) : counts;
    }

    /** The calls in between by operation; empty if they are not counted. */
    Map<String, Long> counted() {
        Map<String, Long> calls = new LinkedHashMap<>();
        AllocatorCounts end = after.allocations();
        if (end != null) {
            AllocatorCounts start = counted(before);
            calls.put("malloc", end.mallocs() - start.mallocs());
            calls.put("calloc", end.callocs() - start.callocs());
            calls.put("realloc", end.reallocs() - start.reallocs());
            calls.put("free", end.frees() - start.frees());
            calls.values().removeIf(count -> count <= 0);
        }
        return calls;
    }

    /** Whether the probe's counts include this operation. */
    static boolean isCounted(String operation) {
        return switch (operation) {
            case "malloc", "calloc", "realloc", "free" -> true;
            default -> false;
        };
    }

    static long sum(AllocatorCounts counts) {
        return counts.mallocs() + counts.callocs() + counts.reallocs() + counts.frees();
    }

    /** From the exec to the program's first stop: the loader's work, and the start of the program. */
    boolean isStart() {
        return before.kind() == CheckpointKind.EXEC;
    }

    /** Whether the layout of the address space changed, not only what is in memory. */
    boolean isStructural() {
        return changes.stream().anyMatch(change -> change.kind() != ChangeKind.RESIDENCY);
    }

    /** How much the program itself changed the layout in this step. */
    long weight() {
        long weight = 0;
        for (Change change : changes) {
            if (change.kind() != ChangeKind.RESIDENCY) {
                boolean own = change.cause() == CauseKind.EVENT;
                weight += own ? 4096 + Math.abs(change.bytes()) : Math.abs(change.bytes()) / 65536;
            }
        }
        return isStart() ? Math.min(weight, 1) : weight;
    }

    /** How much came into memory, or left it, in bytes. */
    long pages() {
        return changes.stream()
                .filter(change -> change.kind() == ChangeKind.RESIDENCY)
                .mapToLong(change -> Math.abs(change.bytes()))
                .sum();
    }

    /** {@code #1 “Press key …” → #2 “Press key …”}. */
    String title() {
        return "#" + before.id() + " " + name(before) + " → #" + after.id() + " " + name(after);
    }

    static String name(Snapshot snapshot) {
        return switch (snapshot.kind()) {
            case EXEC -> "exec";
            case EXIT -> "exit";
            default ->
                snapshot.label().isBlank()
                        ? snapshot.kind().name().toLowerCase(java.util.Locale.ROOT) + " " + snapshot.id()
                        : "“" + Visible.line(snapshot.label(), 80) + "”";
        };
    }
}
