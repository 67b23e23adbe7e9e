package org.brkmap.analyse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Backing;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Permissions;

/**
 * What each memory call does to an address space, as its manual page says. A call that failed does nothing, but for
 * the two that stop half-way.
 */
final class Effects {
    /** Shared anonymous memory is a nameless file of its own, shown by this name (mm/shmem.c). */
    private static final Backing SHARED_ZEROS = new Backing(0, 0, 0, 0, "/dev/zero (deleted)");

    private final Map<String, Backing> files;
    private final Tagger tagger;

    /**
     * @param files device and inode of the files that snapshots show, by name: a call tells the path alone
     * @param tagger what a new area is for, as far as the call tells
     */
    Effects(Map<String, Backing> files, Tagger tagger) {
        this.files = files;
        this.tagger = tagger;
    }

    /** Applies one finished call. Calls that make or replace processes are none of it. */
    void apply(MemoryEvent event, AddressSpace space) {
        if (!event.succeeded()) {
            applyFailed(event, space);
            return;
        }
        switch (event.call()) {
            case "brk" -> moveBreak(event, space);
            case "mmap", "mmap2" -> map(event, space);
            case "munmap" -> space.unmap(range(space, event.arg(0), event.arg(1)), event.seq());
            case "mremap" -> remap(event, space);
            case "mprotect", "pkey_mprotect" -> protect(event, space, range(space, event.arg(0), event.arg(1)));
            case "madvise" -> advise(event, space);
            case "mlock", "mlock2", "munlock" ->
                space.touched(
                        new AddressRange(space.roundDown(event.arg(0)), space.roundUp(event.arg(0) + event.arg(1))),
                        event.seq());
            case "mlockall", "munlockall" -> space.areas().forEach(area -> space.touched(area.range(), event.seq()));
            case "shmat" -> attach(event, space);
            case "shmdt" -> detach(event, space);
            case "remap_file_pages" -> remapFilePages(event, space);
            case "map_shadow_stack" ->
                space.map(
                        Area.of(
                                        range(space, event.result(), event.arg(1)),
                                        Permissions.parse("rw-p"),
                                        Backing.ANONYMOUS)
                                .createdBy(event.seq()),
                        event.seq());
            case "prctl" -> setMemoryMap(event, space);
            default -> {}
        }
    }

    /** Two calls keep what they had done before they failed: mprotect below what it could not change, madvise beside holes. */
    private static void applyFailed(MemoryEvent event, AddressSpace space) {
        int errno = Objects.requireNonNullElse(event.errno(), 0);
        AddressRange asked = range(space, event.arg(0), event.arg(1));
        if (event.call().endsWith("mprotect") && (errno == Calls.ENOMEM || errno == Calls.EACCES)) {
            long end = errno == Calls.ENOMEM ? space.firstHole(asked) : firstRefusal(space, asked);
            protect(event, space, new AddressRange(asked.start(), end));
        } else if (event.call().equals("madvise") && errno == Calls.ENOMEM) {
            advise(event, space);
        }
    }

    /** Where write access is refused: a shared mapping of what was opened or attached for reading only. */
    private static long firstRefusal(AddressSpace space, AddressRange asked) {
        return space.overlapping(asked).stream()
                .filter(area ->
                        area.permissions().shared() && !area.permissions().write())
                .filter(area -> !area.backing().name().startsWith("/memfd:")
                        && !area.backing().name().equals(SHARED_ZEROS.name()))
                .map(area -> area.range().start())
                .findFirst()
                .filter(start -> Long.compareUnsigned(start, asked.start()) > 0)
                .orElse(asked.start());
    }

    /** brk(2) answers with the break as it is now, whether it moved or not. */
    private static void moveBreak(MemoryEvent event, AddressSpace space) {
        Long old = space.brk;
        long now = event.result();
        space.brk = now;
        if (old == null) {
            return;
        }
        long from = space.roundUp(old);
        long to = space.roundUp(now);
        if (Long.compareUnsigned(to, from) > 0) {
            Area grown = Area.of(new AddressRange(from, to), Permissions.parse("rw-p"), Backing.ANONYMOUS);
            space.map(grown.createdBy(event.seq()), event.seq());
        } else {
            space.unmap(new AddressRange(to, from), event.seq());
        }
    }

    private void map(MemoryEvent event, AddressSpace space) {
        long flags = event.arg(3);
        long length = event.arg(1);
        if ((flags & Calls.MAP_HUGETLB) != 0) {
            long huge = 1L << ((flags >>> 26 & 0x3f) == 0 ? 21 : flags >>> 26 & 0x3f);
            length = (length + huge - 1) & -huge;
        }
        long type = flags & Calls.MAP_TYPE;
        boolean shared = type == Calls.MAP_SHARED || type == Calls.MAP_SHARED_VALIDATE;
        Area made = Area.of(
                        range(space, event.result(), length),
                        permissions(event.arg(2), shared),
                        backing(event, flags, shared))
                .createdBy(event.seq())
                .withGrowsDown((flags & Calls.MAP_GROWSDOWN) != 0);
        space.map(made.withTag(tagger.tag(event, space)), event.seq());
    }

    private Backing backing(MemoryEvent event, long flags, boolean shared) {
        if ((flags & Calls.MAP_ANONYMOUS) != 0) {
            if ((flags & Calls.MAP_HUGETLB) != 0) {
                return new Backing(0, 0, 0, 0, "/anon_hugepage (deleted)");
            }
            return shared ? SHARED_ZEROS : Backing.ANONYMOUS;
        }
        String path = event.file();
        if (shared && "/dev/zero".equals(path)) {
            return SHARED_ZEROS;
        }
        String name = path == null ? Area.UNKNOWN_FILE : path.replace("\n", "\\012");
        Backing known = files.getOrDefault(name, Backing.ANONYMOUS);
        return new Backing(known.major(), known.minor(), known.inode(), event.arg(5), name);
    }

    private static void remap(MemoryEvent event, AddressSpace space) {
        long start = event.arg(0);
        long oldLength = space.roundUp(event.arg(1));
        long newLength = space.roundUp(event.arg(2));
        AddressRange from = AddressRange.ofLength(start, oldLength);
        AddressRange to = AddressRange.ofLength(event.result(), newLength);
        if (from.isEmpty()) {
            Area whole = space.at(start);
            if (whole != null) {
                long offset = whole.backing().offset() + (start - whole.range().start());
                space.map(whole.at(to, offset).createdBy(event.seq()), event.seq());
            }
            return;
        }
        List<Area> pieces = new ArrayList<>(space.in(from));
        if (pieces.isEmpty()) {
            return;
        }
        if (to.start() != from.start()) {
            if ((event.arg(3) & Calls.MREMAP_DONTUNMAP) == 0) {
                space.unmap(from, event.seq());
            } else {
                space.touched(from, event.seq());
            }
            space.unmap(to, event.seq());
            space.moved(new AddressSpace.Move(from, to, event.seq()));
        } else if (Long.compareUnsigned(newLength, oldLength) < 0) {
            space.unmap(new AddressRange(to.end(), from.end()), event.seq());
            return;
        }
        relay(event, space, pieces, to, Long.compareUnsigned(newLength, oldLength) > 0);
    }

    /** Lays the moved pieces down at their new place, the last one lengthened to the new end. */
    private static void relay(
            MemoryEvent event, AddressSpace space, List<Area> pieces, AddressRange to, boolean grows) {
        long distance = to.start() - event.arg(0);
        for (int i = 0; i < pieces.size(); i++) {
            Area piece = pieces.get(i);
            long end = piece.range().end() + distance;
            if (grows && i == pieces.size() - 1) {
                end = to.end();
            }
            AddressRange place = new AddressRange(piece.range().start() + distance, end);
            if (distance != 0) {
                place.intersection(to)
                        .ifPresent(part -> space.put(
                                piece.at(part, piece.backing().offset()).shapedBy(event.seq())));
            } else if (end != piece.range().end()) {
                Area tail = piece.slice(piece.range())
                        .at(
                                new AddressRange(piece.range().end(), end),
                                piece.isAnonymous()
                                        ? 0
                                        : piece.backing().offset()
                                                + piece.range().length());
                space.map(tail.createdBy(event.seq()), event.seq());
            }
        }
    }

    private static void protect(MemoryEvent event, AddressSpace space, AddressRange asked) {
        AddressRange range = asked;
        Area first = space.at(asked.start());
        if ((event.arg(2) & Calls.PROT_GROWSDOWN) != 0 && first != null) {
            range = new AddressRange(first.range().start(), asked.end());
        }
        space.change(range, area -> {
            Permissions wanted = permissions(event.arg(2), area.permissions().shared());
            return area.permissions().equals(wanted)
                    ? area
                    : area.withPermissions(wanted).shapedBy(event.seq());
        });
    }

    private static void advise(MemoryEvent event, AddressSpace space) {
        AddressRange range = range(space, event.arg(0), event.arg(1));
        space.touched(range, event.seq());
        if (event.arg(2) == Calls.MADV_DONTFORK || event.arg(2) == Calls.MADV_DOFORK) {
            space.change(range, area -> area.withInherited(event.arg(2) == Calls.MADV_DOFORK));
        }
    }

    private static void attach(MemoryEvent event, AddressSpace space) {
        Long extent = event.extent();
        if (extent == null) {
            return;
        }
        boolean write = (event.arg(2) & Calls.SHM_RDONLY) == 0;
        boolean execute = (event.arg(2) & Calls.SHM_EXEC) != 0;
        String file = event.file();
        Backing segment = new Backing(0, 0, event.arg(0), 0, file != null ? file : "/SYSV (deleted)");
        space.map(
                Area.of(range(space, event.result(), extent), new Permissions(true, write, execute, true), segment)
                        .createdBy(event.seq()),
                event.seq());
    }

    /** shmdt(2) takes away every part of the segment that still lies where it was attached. */
    private static void detach(MemoryEvent event, AddressSpace space) {
        long base = event.arg(0);
        Backing segment = null;
        for (Area area : List.copyOf(space.areas())) {
            boolean inPlace = area.backing().name().startsWith("/SYSV")
                    && area.range().start() - area.backing().offset() == base;
            if (inPlace && (segment == null || segment.inode() == area.backing().inode())) {
                segment = area.backing();
                space.unmap(area.range(), event.seq());
            }
        }
    }

    private static void remapFilePages(MemoryEvent event, AddressSpace space) {
        long start = space.roundDown(event.arg(0));
        AddressRange range = AddressRange.ofLength(start, space.roundDown(event.arg(1)));
        long offset = event.arg(3) * space.roundUp(1);
        space.change(
                range,
                area -> area.at(area.range(), offset + (area.range().start() - start))
                        .shapedBy(event.seq()));
    }

    private static void setMemoryMap(MemoryEvent event, AddressSpace space) {
        if (event.arg(0) != Calls.PR_SET_MM) {
            return;
        }
        long field = event.arg(1);
        if (field == Calls.PR_SET_MM_BRK) {
            space.brk = event.arg(2);
        } else if (field == Calls.PR_SET_MM_START_BRK) {
            space.startBrk = event.arg(2);
        } else if (field == Calls.PR_SET_MM_START_STACK) {
            space.startStack = event.arg(2);
        }
    }

    private static Permissions permissions(long protection, boolean shared) {
        return new Permissions(
                (protection & Calls.PROT_READ) != 0,
                (protection & Calls.PROT_WRITE) != 0,
                (protection & Calls.PROT_EXEC) != 0,
                shared);
    }

    /** Whole pages; a length that leaves the address space, as a call that fails may ask for, ends with it. */
    private static AddressRange range(AddressSpace space, long start, long length) {
        long end = start + space.roundUp(length);
        return new AddressRange(start, Long.compareUnsigned(end, start) < 0 ? space.roundDown(-1) : end);
    }
}
