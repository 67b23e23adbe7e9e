package org.brkmap.analyse;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.brkmap.model.AddressRange;
import org.brkmap.model.CallSite;
import org.brkmap.model.MemoryEvent;
import org.jspecify.annotations.Nullable;

/** Remembers which file's code lay where and when, so that an address seen at an event can be named. Not thread-safe. */
final class CodeMap {

    /** Code of a file, from this event on. */
    private record Code(AddressRange range, String path, long offset, long since) {}

    private final Map<Integer, List<Code>> byPid = new HashMap<>();

    /** All code of a space, as a snapshot shows it or a fork copies it. */
    void saw(int pid, Collection<Area> areas, long since) {
        areas.forEach(area -> add(pid, area, since));
    }

    /** What an event has just mapped. */
    void saw(MemoryEvent event, @Nullable AddressSpace space) {
        Area made = space == null || !event.call().startsWith("mmap") ? null : space.at(event.result());
        if (made != null && event.succeeded()) {
            add(event.pid(), made, event.seq());
        }
    }

    private void add(int pid, Area area, long since) {
        if (!area.permissions().execute() || !area.backing().isFile()) {
            return;
        }
        List<Code> codes = byPid.computeIfAbsent(pid, key -> new ArrayList<>());
        Code code = new Code(area.range(), area.backing().name(), area.backing().offset(), since);
        Code newest = newestAt(codes, code.range.start());
        boolean known = newest != null
                && newest.range.equals(code.range)
                && newest.path.equals(code.path)
                && newest.offset == code.offset;
        if (!known) {
            codes.add(code);
        }
    }

    private static @Nullable Code newestAt(List<Code> codes, long address) {
        Code newest = null;
        for (Code code : codes) {
            if (code.range.contains(address)) {
                newest = code;
            }
        }
        return newest;
    }

    /** The last event up to this one at which the process's code changed: between two of them a place keeps its name. */
    long epoch(int pid, long seq) {
        return byPid.getOrDefault(pid, List.of()).stream()
                .mapToLong(Code::since)
                .filter(since -> since <= seq)
                .max()
                .orElse(-1);
    }

    /** The site of a call with its file and the offset in it, if the process had code there at this event or later. */
    CallSite locate(int pid, CallSite site, long seq) {
        List<Code> codes = byPid.getOrDefault(pid, List.of());
        // A return address may lie one past the code that called.
        Optional<Code> found = codes.stream()
                .filter(code -> code.since <= seq && code.range.contains(site.address() - 1))
                .reduce((earlier, later) -> later)
                .or(() -> codes.stream()
                        .filter(code -> code.range.contains(site.address() - 1))
                        .findFirst());
        return found.map(code -> new CallSite(
                        site.address(),
                        code.path,
                        code.offset + (site.address() - code.range.start()),
                        site.function(),
                        site.file(),
                        site.line()))
                .orElse(site);
    }
}
