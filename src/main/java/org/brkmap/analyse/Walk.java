package org.brkmap.analyse;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brkmap.model.Backing;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Mapping;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Observation;
import org.brkmap.model.ProcessLayout;
import org.brkmap.model.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * Goes once through an observation in time, keeping the address space of every process as the calls leave it, and shows each
 * event and each snapshot to its visitors. At a snapshot the replayed space is shown, and then replaced by what was read, so
 * that each stretch between two snapshots stands on its own.
 */
final class Walk {

    /** What sees the events and snapshots go by. */
    interface Visitor {
        /** Before an event is applied; the space is null while that of its process is not known. */
        default void before(MemoryEvent event, @Nullable AddressSpace space) {}

        /** After it has been applied. */
        default void after(MemoryEvent event, @Nullable AddressSpace space) {}

        /** A process came to be with a copy of another's space, or for a while with that space itself. */
        default void forked(MemoryEvent event, int child, AddressSpace space, boolean borrowed) {}

        /**
         * A snapshot is reached.
         *
         * @param replayed the space as the calls left it, or null at the first sight of a process or of its new program
         * @param taken the space as the snapshot shows it, with what only history tells of its areas
         * @param borrowed whether the process still runs in the space of the one that made it, as after vfork(2)
         */
        default void reached(
                Snapshot snapshot, @Nullable AddressSpace replayed, AddressSpace taken, boolean borrowed) {}
    }

    private final Observation observation;
    private final List<Visitor> visitors;
    private final Effects effects;
    private final Map<Integer, AddressSpace> spaces = new LinkedHashMap<>();
    private final Set<Integer> borrowers = new HashSet<>();

    private Walk(Observation observation, List<Visitor> visitors) {
        this.observation = observation;
        this.visitors = visitors;
        this.effects = new Effects(filesOf(observation), new Tagger());
    }

    static void through(Observation observation, Visitor visitor) {
        through(observation, List.of(visitor));
    }

    /** Shows all to each of them, in their order. */
    static void through(Observation observation, List<Visitor> visitors) {
        new Walk(observation, visitors).go();
    }

    private void go() {
        int next = 0;
        List<MemoryEvent> events = observation.events();
        for (Snapshot snapshot : observation.snapshots()) {
            while (next < events.size() && events.get(next).seq() < snapshot.eventsBefore()) {
                step(events.get(next++));
            }
            show(snapshot);
        }
        events.subList(next, events.size()).forEach(this::step);
    }

    private void step(MemoryEvent event) {
        AddressSpace space = spaces.get(event.pid());
        visitors.forEach(visitor -> visitor.before(event, space));
        if (Executions.is(event)) {
            spaces.remove(event.pid());
            borrowers.remove(event.pid());
        }
        switch (event.call()) {
            case "execve", "execveat" -> {}
            case "clone", "clone3", "fork", "vfork" -> multiply(event, space);
            default -> {
                if (space != null) {
                    effects.apply(event, space);
                }
            }
        }
        AddressSpace left = spaces.get(event.pid());
        visitors.forEach(visitor -> visitor.after(event, left));
    }

    private void multiply(MemoryEvent event, @Nullable AddressSpace space) {
        if (!event.succeeded() || space == null || spaces.containsKey((int) event.result())) {
            return;
        }
        long flags =
                event.call().equals("vfork") ? Calls.CLONE_VM : event.call().equals("fork") ? 0 : event.arg(0);
        int child = (int) event.result();
        if ((flags & Calls.CLONE_VM) == 0) {
            AddressSpace copy = space.fork();
            spaces.put(child, copy);
            visitors.forEach(visitor -> visitor.forked(event, child, copy, false));
        } else if ((flags & Calls.CLONE_THREAD) == 0) {
            spaces.put(child, space);
            borrowers.add(child);
            visitors.forEach(visitor -> visitor.forked(event, child, space, true));
        }
    }

    private void show(Snapshot snapshot) {
        AddressSpace space = spaces.get(snapshot.pid());
        if (space == null || isOtherProgram(space, snapshot)) {
            space = new AddressSpace(observation.host().pageSize());
            spaces.put(snapshot.pid(), space);
            borrowers.remove(snapshot.pid());
            Resync.start(space, snapshot);
            reached(snapshot, null, space, false);
            return;
        }
        Resync.growStacks(space, snapshot);
        boolean followed = observation.host().tracesCalls();
        if (borrowers.contains(snapshot.pid())) {
            AddressSpace view = new AddressSpace(observation.host().pageSize());
            Resync.take(view, space, snapshot, followed);
            reached(snapshot, space, view, true);
        } else {
            AddressSpace replayed = space.release();
            Resync.take(space, replayed, snapshot, followed);
            reached(snapshot, replayed, space, false);
        }
    }

    private void reached(Snapshot snapshot, @Nullable AddressSpace replayed, AddressSpace taken, boolean borrowed) {
        for (Visitor visitor : visitors) {
            visitor.reached(snapshot, replayed, taken, borrowed);
        }
    }

    /** Whether the process has begun another program although its execve is not among the events: its stack lies elsewhere. */
    private static boolean isOtherProgram(AddressSpace space, Snapshot snapshot) {
        ProcessLayout layout = snapshot.layout();
        return snapshot.kind() == CheckpointKind.EXEC
                && layout != null
                && layout.startStack() != null
                && !layout.startStack().equals(space.startStack);
    }

    /** Device and inode of every file that a snapshot shows, by name; names that stand for several files are left out. */
    private static Map<String, Backing> filesOf(Observation observation) {
        Map<String, Backing> files = new HashMap<>();
        Set<String> ambiguous = new HashSet<>();
        for (Snapshot snapshot : observation.snapshots()) {
            for (Mapping mapping : snapshot.mappings()) {
                Backing file = mapping.backing();
                if (file.isFile()
                        && !files.computeIfAbsent(file.name(), name -> file).sameFile(file)) {
                    ambiguous.add(file.name());
                }
            }
        }
        files.keySet().removeAll(ambiguous);
        return files;
    }
}
