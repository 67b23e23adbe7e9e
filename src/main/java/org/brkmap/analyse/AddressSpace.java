package org.brkmap.analyse;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.brkmap.model.AddressRange;
import org.jspecify.annotations.Nullable;

/**
 * The areas of one address space as the replay has them, by address, and a log of what was done to it since the last
 * snapshot. Areas never overlap; neighbours are not joined. Not thread-safe.
 */
final class AddressSpace {

    /** A range, and the event that emptied or touched it. */
    record Mark(AddressRange range, long seq) {}

    /** A move by mremap(2). */
    record Move(AddressRange from, AddressRange to, long seq) {}

    private final long pageSize;
    private NavigableMap<Long, Area> areas = new TreeMap<>(Long::compareUnsigned);
    private List<Mark> removals = new ArrayList<>();
    private List<Mark> touches = new ArrayList<>();
    private List<Move> moves = new ArrayList<>();

    @Nullable Long startBrk;

    @Nullable Long brk;

    @Nullable Long startStack;

    AddressSpace(int pageSize) {
        this.pageSize = pageSize;
    }

    /** What fork gives the child: the same areas, and a log of its own. */
    AddressSpace fork() {
        AddressSpace child = new AddressSpace((int) pageSize);
        areas.forEach((start, area) -> {
            if (area.inherited()) {
                child.areas.put(start, area.seenAs(area));
            }
        });
        child.startBrk = startBrk;
        child.brk = brk;
        child.startStack = startStack;
        return child;
    }

    long roundUp(long bytes) {
        return (bytes + pageSize - 1) & -pageSize;
    }

    long roundDown(long bytes) {
        return bytes & -pageSize;
    }

    Collection<Area> areas() {
        return areas.values();
    }

    @Nullable Area at(long address) {
        var entry = areas.floorEntry(address);
        return entry != null && entry.getValue().range().contains(address) ? entry.getValue() : null;
    }

    /** Cuts the area that holds the address in two there, so that a role can begin or end at it. */
    void cut(long address) {
        Area area = at(address);
        if (area != null && area.range().start() != address) {
            AddressRange whole = area.range();
            areas.put(whole.start(), area.slice(new AddressRange(whole.start(), address)));
            areas.put(address, area.slice(new AddressRange(address, whole.end())));
        }
    }

    /** The areas inside the range, the outermost cut at its ends. */
    List<Area> in(AddressRange range) {
        cut(range.start());
        cut(range.end());
        return List.copyOf(view(range).values());
    }

    /** The areas that share a byte with the range, whole. */
    List<Area> overlapping(AddressRange range) {
        // No stream: it would ask the view for its size, which walks all that follows.
        List<Area> found = new ArrayList<>();
        for (Area area : areas.tailMap(floorStart(range.start()), true).values()) {
            if (Long.compareUnsigned(area.range().start(), range.end()) >= 0) {
                break;
            }
            if (area.range().overlaps(range)) {
                found.add(area);
            }
        }
        return found;
    }

    /** Lays an area over whatever was there. */
    void map(Area area, long seq) {
        if (!area.range().isEmpty()) {
            unmap(area.range(), seq);
            areas.put(area.range().start(), area);
        }
    }

    void unmap(AddressRange range, long seq) {
        for (Area area : in(range)) {
            removals.add(new Mark(area.range(), seq));
            areas.remove(area.range().start());
        }
    }

    void change(AddressRange range, UnaryOperator<Area> change) {
        for (Area area : in(range)) {
            areas.put(area.range().start(), change.apply(area));
        }
    }

    /** Puts an area where it is known that none is. */
    void put(Area area) {
        areas.put(area.range().start(), area);
    }

    /** Moves the low end of an area that grows downwards. */
    void extendDown(Area area, long newStart) {
        areas.remove(area.range().start());
        put(area.at(
                new AddressRange(newStart, area.range().end()), area.backing().offset()));
    }

    /** Hands areas and log over to a space that nothing changes any more; this one is empty after it. */
    AddressSpace release() {
        AddressSpace released = new AddressSpace((int) pageSize);
        released.areas = areas;
        released.removals = removals;
        released.touches = touches;
        released.moves = moves;
        released.startBrk = startBrk;
        released.brk = brk;
        released.startStack = startStack;
        areas = new TreeMap<>(Long::compareUnsigned);
        removals = new ArrayList<>();
        touches = new ArrayList<>();
        moves = new ArrayList<>();
        return released;
    }

    /** The lowest address from which on nothing of the range is mapped, or its end if all of it is. */
    long firstHole(AddressRange range) {
        long reached = range.start();
        for (Area area : areas.tailMap(floorStart(range.start()), true).values()) {
            if (Long.compareUnsigned(area.range().start(), reached) > 0
                    || Long.compareUnsigned(reached, range.end()) >= 0) {
                break;
            }
            if (Long.compareUnsigned(area.range().end(), reached) > 0) {
                reached = area.range().end();
            }
        }
        return Long.compareUnsigned(reached, range.end()) < 0 ? reached : range.end();
    }

    void touched(AddressRange range, long seq) {
        touches.add(new Mark(range, seq));
    }

    void moved(Move move) {
        moves.add(move);
    }

    List<Mark> removals() {
        return removals;
    }

    List<Mark> touches() {
        return touches;
    }

    List<Move> moves() {
        return moves;
    }

    private NavigableMap<Long, Area> view(AddressRange range) {
        return range.isEmpty() ? new TreeMap<>() : areas.subMap(range.start(), true, range.end(), false);
    }

    private Long floorStart(long address) {
        Long floor = areas.floorKey(address);
        return floor == null ? Long.valueOf(address) : floor;
    }
}
