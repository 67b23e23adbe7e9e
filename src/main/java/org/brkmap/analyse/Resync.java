package org.brkmap.analyse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.brkmap.model.AddressRange;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Mapping;
import org.brkmap.model.ProcessLayout;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.brkmap.model.ThreadState;
import org.jspecify.annotations.Nullable;

/** Takes a snapshot for the truth, and keeps what only the replay knows of its areas. */
final class Resync {
    private Resync() {}

    /** The first sight of a process, or of a new program in it. */
    static void start(AddressSpace space, Snapshot snapshot) {
        snapshot.mappings().forEach(mapping -> space.put(Area.of(mapping)));
        ProcessLayout layout = snapshot.layout();
        space.startBrk = layout == null ? null : layout.startBrk();
        space.startStack = layout == null ? null : layout.startStack();
        space.brk = snapshot.kind() == CheckpointKind.EXEC ? space.startBrk : labelledBreak(snapshot);
        tagStacks(space, snapshot);
    }

    /** The end of the last row that the kernel calls [heap], or where the heap would begin if there is none. */
    private static @Nullable Long labelledBreak(Snapshot snapshot) {
        ProcessLayout layout = snapshot.layout();
        return snapshot.mappings().stream()
                .filter(mapping -> mapping.backing().isLabelled("[heap]"))
                .map(mapping -> mapping.range().end())
                .max(Long::compareUnsigned)
                .orElse(layout == null ? null : layout.startBrk());
    }

    /** Lets areas that grow downwards reach where the snapshot shows them: the kernel extends them without a call. */
    static void growStacks(AddressSpace space, Snapshot snapshot) {
        List<Area> growing = space.areas().stream().filter(Area::growsDown).toList();
        for (Area area : growing) {
            snapshot.mappingAt(area.range().start())
                    .map(row -> row.range().start())
                    .filter(start -> Long.compareUnsigned(start, area.range().start()) < 0)
                    .filter(start -> space.overlapping(
                                    new AddressRange(start, area.range().start()))
                            .isEmpty())
                    .ifPresent(start -> space.extendDown(area, start));
        }
    }

    /**
     * Fills an empty space with the snapshot's rows, cut where the replay knows that one purpose ends and another begins.
     *
     * @param followed whether its calls were seen, so that the replay knows where the break is
     */
    static void take(AddressSpace space, AddressSpace replayed, Snapshot snapshot, boolean followed) {
        List<Area> old = List.copyOf(replayed.areas());
        List<Area> rows = new ArrayList<>();
        int from = 0;
        for (Mapping mapping : snapshot.mappings()) {
            Area row = Area.of(mapping);
            while (from < old.size()
                    && Long.compareUnsigned(
                                    old.get(from).range().end(), row.range().start())
                            <= 0) {
                from++;
            }
            remember(row, old, from, rows);
        }
        rows.forEach(space::put);
        ProcessLayout layout = snapshot.layout();
        space.brk = followed ? replayed.brk : labelledBreak(snapshot);
        space.startBrk = layout != null && layout.startBrk() != null ? layout.startBrk() : replayed.startBrk;
        space.startStack = layout != null && layout.startStack() != null ? layout.startStack() : replayed.startStack;
        tagStacks(space, snapshot);
    }

    private static void remember(Area row, List<Area> old, int from, List<Area> rows) {
        long reached = row.range().start();
        for (int i = from; i < old.size() && old.get(i).range().overlaps(row.range()); i++) {
            Area memory = old.get(i);
            if (isPlain(memory) || !isSameKind(memory, row)) {
                continue;
            }
            AddressRange part = memory.range().intersection(row.range()).orElseThrow();
            if (reached != part.start()) {
                rows.add(row.slice(new AddressRange(reached, part.start())));
            }
            rows.add(memory.seenAs(row.slice(part)));
            reached = part.end();
        }
        if (reached != row.range().end()) {
            rows.add(row.slice(new AddressRange(reached, row.range().end())));
        }
    }

    private static boolean isPlain(Area area) {
        return area.tag() == null && !area.growsDown() && area.inherited() && area.creator() == null;
    }

    private static boolean isSameKind(Area memory, Area row) {
        return memory.isAnonymous() == row.isAnonymous()
                && memory.permissions().shared() == row.permissions().shared();
    }

    private static void tagStacks(AddressSpace space, Snapshot snapshot) {
        Long startStack = space.startStack;
        for (Area area : List.copyOf(space.areas())) {
            boolean holdsStart = startStack != null && area.range().contains(startStack) && area.isAnonymous();
            if (area.backing().isLabelled("[stack]") || holdsStart) {
                space.put(area.withTag(Role.STACK).withGrowsDown(true));
            }
        }
        for (ThreadState thread : snapshot.threads()) {
            Long pointer = thread.stackPointer();
            Area holder = pointer == null || thread.tid() == snapshot.pid() ? null : space.at(pointer);
            if (holder != null && holder.isAnonymous() && holder.tag() == null) {
                tagThreadStack(space, holder);
            }
        }
    }

    /** A stack that the program did not get from pthread_create: all that the mmap made which made the part in use. */
    private static void tagThreadStack(AddressSpace space, Area holder) {
        if (holder.creator() == null) {
            space.put(holder.withTag(Role.THREAD_STACK));
            return;
        }
        space.areas().stream()
                .filter(area -> area.tag() == null && Objects.equals(area.creator(), holder.creator()))
                .sorted(Comparator.comparing(Area::range))
                .toList()
                .forEach(area -> space.put(area.withTag(Role.THREAD_STACK)));
    }
}
