package org.brkmap.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.brkmap.analyse.Analyser;
import org.brkmap.libc.SystemFacts;
import org.brkmap.model.AddressRange;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Mapping;
import org.brkmap.model.Snapshot;
import org.brkmap.procfs.ProcException;
import org.brkmap.procfs.ProcFs;

/** Copies regions of a process that stands still. */
final class MemoryCopy {
    private static final int PIECE = 1 << 20;

    /** Where the bytes go. */
    interface Sink {
        /** Takes bytes from this address on. */
        void take(long address, byte[] bytes, int length) throws IOException;
    }

    /**
     * What was copied.
     *
     * @param unreadable pages that could not be read, neighbours joined
     */
    record Outcome(List<Mapping> mappings, long bytes, List<AddressRange> unreadable) {}

    private final ProcFs proc = ProcFs.live();
    private final int pid;
    private final int pageSize = SystemFacts.pageSize();

    private MemoryCopy(int pid) {
        this.pid = pid;
    }

    /**
     * Copies the regions that a name stands for, with the process stopped meanwhile.
     *
     * @param region a role's title, or an address in a mapping
     */
    static Outcome copy(int pid, String region, Sink sink) throws IOException {
        try (Freeze standing = new Freeze(pid)) {
            MemoryCopy copy = new MemoryCopy(standing.pid());
            List<Mapping> mappings = copy.find(region);
            List<AddressRange> unreadable = new ArrayList<>();
            long bytes = 0;
            for (Mapping mapping : mappings) {
                bytes += copy.copy(mapping.range(), sink, unreadable);
            }
            return new Outcome(mappings, bytes, joined(unreadable));
        }
    }

    private List<Mapping> find(String region) throws IOException {
        ProcFs live = proc;
        Snapshot raw =
                new Snapshot(0, 0, CheckpointKind.PAUSE, "", 0, pid, List.of(), live.maps(pid), live.layout(pid), null);
        List<Mapping> all = Analyser.roles(raw, pageSize).mappings();
        boolean isAddress = region.matches("0x[0-9a-fA-F]{1,16}");
        List<Mapping> found = all.stream()
                .filter(mapping -> isAddress
                        ? mapping.range().contains(Long.parseUnsignedLong(region.substring(2), 16))
                        : mapping.role().title().equals(region))
                .toList();
        if (found.isEmpty()) {
            String known = String.join(
                    ", ",
                    all.stream()
                            .map(mapping -> mapping.role().title())
                            .distinct()
                            .toList());
            throw new IOException("process " + pid + " has no region " + region + ". It has " + known
                    + "; an address in a mapping does as well, as 0x7f12....");
        }
        return found;
    }

    /** Page by page only where a piece is not whole: a page that cannot be read is written as zeros, and named. */
    private long copy(AddressRange range, Sink sink, List<AddressRange> unreadable) throws IOException {
        byte[] piece = new byte[(int) Math.min(PIECE, range.length())];
        long copied = 0;
        for (long at = range.start(); at != range.end(); ) {
            int wanted = (int) Math.min(piece.length, range.end() - at);
            int got = read(at, piece, wanted);
            sink.take(at, piece, got);
            copied += got;
            at += got;
            if (got < wanted) {
                int rest = (int) Math.min(pageSize - Long.remainderUnsigned(at, pageSize), range.end() - at);
                unreadable.add(AddressRange.ofLength(at, rest));
                sink.take(at, new byte[rest], rest);
                at += rest;
            }
        }
        return copied;
    }

    private int read(long at, byte[] piece, int wanted) throws IOException {
        try {
            return proc.readMemory(pid, at, piece, 0, wanted);
        } catch (ProcException e) {
            if (e.kind() == ProcException.Kind.UNAVAILABLE) {
                return 0;
            }
            throw e;
        }
    }

    private static List<AddressRange> joined(List<AddressRange> ranges) {
        List<AddressRange> joined = new ArrayList<>();
        for (AddressRange range : ranges) {
            AddressRange last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && last.end() == range.start()) {
                joined.set(joined.size() - 1, new AddressRange(last.start(), range.end()));
            } else {
                joined.add(range);
            }
        }
        return joined;
    }
}
