package org.brkmap.observe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Mapping;
import org.brkmap.model.Snapshot;

/**
 * Reads processes that nobody stops while they sleep of themselves: a snapshot counts if no thread has run meanwhile, and is taken
 * anew, some times, if one has.
 */
final class StillReader {
    private static final int MOST_TRIES = 8;
    private static final int LONGEST_PAUSE_MILLIS = 10;

    private final Tracees tracees;
    private final Checkpoints checkpoints;
    private final Terminal terminal;
    private final TerminalWatch watch;
    private final Backoff backoff = new Backoff(LONGEST_PAUSE_MILLIS);
    private final List<String> notes = new ArrayList<>();
    private int changes;

    StillReader(Tracees tracees, Checkpoints checkpoints, Terminal terminal, TerminalWatch watch) {
        this.tracees = tracees;
        this.checkpoints = checkpoints;
        this.terminal = terminal;
        this.watch = watch;
    }

    List<String> notes() {
        return notes;
    }

    /** How often a process had other mappings than when it was last read: whether keys still change something. */
    int changes() {
        return changes;
    }

    /** Reads all processes while this thread of theirs waits for a key; false if it went on meanwhile. */
    boolean read(Household household, Task waiting) throws IOException, InterruptedException {
        backoff.reset();
        for (int tries = 1; ; tries++) {
            household.refresh();
            List<Task> all = List.copyOf(tracees.all());
            List<Long> itself = watch.look(List.of(waiting));
            List<Long> before = watch.look(all);
            if (!all.contains(waiting) || watch.waitOf(waiting) == null) {
                return false;
            }
            terminal.drain(0);
            int snapshots = checkpoints.snapshots().size();
            int noted = checkpoints.notesTaken();
            checkpoints.take(CheckpointKind.INPUT, label(), waiting);
            if (watch.stood(all, before)) {
                countChanges(snapshots);
                return true;
            }
            boolean stillWaits = watch.stood(List.of(waiting), itself);
            if (stillWaits && tries == MOST_TRIES) {
                notes.add("other threads ran on while a snapshot was read: it may show parts of different moments");
                countChanges(snapshots);
                return true;
            }
            checkpoints.takeBack(snapshots, noted);
            if (!stillWaits) {
                return false;
            }
            backoff.pause();
        }
    }

    private String label() {
        return terminal.lastLine().isEmpty() ? "input" : terminal.lastLine();
    }

    private void countChanges(int from) {
        List<Snapshot> taken = checkpoints.snapshots();
        for (Snapshot now : taken.subList(from, taken.size())) {
            for (int i = from - 1; i >= 0; i--) {
                if (taken.get(i).pid() == now.pid()) {
                    changes += rows(taken.get(i)).equals(rows(now)) ? 0 : 1;
                    break;
                }
            }
        }
    }

    private static List<Mapping> rows(Snapshot snapshot) {
        return snapshot.mappings().stream()
                .map(mapping -> mapping.withUsage(null).withPages(null))
                .toList();
    }
}
