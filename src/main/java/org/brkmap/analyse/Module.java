package org.brkmap.analyse;

import org.brkmap.model.AddressRange;
import org.brkmap.model.Backing;
import org.brkmap.model.Role;
import org.jspecify.annotations.Nullable;

/**
 * An ELF file as it was loaded into one address space. Immutable.
 *
 * @param elf its headers, or null if the file could not be read: then permissions alone must do
 * @param bias what relocation added to its addresses
 * @param extent from its first page to the end of its last, its .bss included
 */
record Module(Kind kind, Backing file, @Nullable Elf elf, long bias, AddressRange extent, long pageSize) {

    enum Kind {
        PROGRAM,
        LIBRARY,
        LOADER,
        PROBE
    }

    /** The role of an area of this module's file. */
    Role roleOf(Area area) {
        if (kind == Kind.LOADER || kind == Kind.PROBE) {
            return kind == Kind.LOADER ? Role.LOADER : Role.PROBE;
        }
        Elf headers = elf;
        if (headers == null) {
            return byPermissions(area);
        }
        Elf.Load load = loadAt(headers, area.range().start() - bias);
        if (load == null) {
            return choose(Role.PROGRAM_RODATA, Role.LIBRARY_RODATA);
        }
        if (load.execute()) {
            return choose(Role.PROGRAM_TEXT, Role.LIBRARY_TEXT);
        }
        if (load.write()) {
            return !area.permissions().write() && isRelro(headers, area.range())
                    ? choose(Role.PROGRAM_RELRO, Role.LIBRARY_RELRO)
                    : choose(Role.PROGRAM_DATA, Role.LIBRARY_DATA);
        }
        return load.offset() == 0
                ? choose(Role.PROGRAM_HEADERS, Role.LIBRARY_HEADERS)
                : choose(Role.PROGRAM_RODATA, Role.LIBRARY_RODATA);
    }

    private Role byPermissions(Area area) {
        if (area.permissions().execute()) {
            return choose(Role.PROGRAM_TEXT, Role.LIBRARY_TEXT);
        }
        if (area.permissions().write()) {
            return choose(Role.PROGRAM_DATA, Role.LIBRARY_DATA);
        }
        return area.backing().offset() == 0
                ? choose(Role.PROGRAM_HEADERS, Role.LIBRARY_HEADERS)
                : choose(Role.PROGRAM_RODATA, Role.LIBRARY_RODATA);
    }

    /** The role of the anonymous pages that hold zeros for this module. */
    Role bssRole() {
        return switch (kind) {
            case PROGRAM -> Role.PROGRAM_BSS;
            case LIBRARY -> Role.LIBRARY_BSS;
            case LOADER -> Role.LOADER;
            case PROBE -> Role.PROBE;
        };
    }

    /** Whether this area of the file lies where loading this module would have put it. */
    boolean holds(Area area) {
        Elf headers = elf;
        if (!area.backing().sameFile(file) || !extent.contains(area.range())) {
            return false;
        }
        Elf.Load load = headers == null ? null : loadAt(headers, area.range().start() - bias);
        return load == null
                || offsetAt(load, area.range().start() - bias) == area.backing().offset();
    }

    /** Offset in the file of the byte that the segment has at this address, before relocation. */
    long offsetAt(Elf.Load load, long address) {
        return down(load.offset()) + (address - down(load.address()));
    }

    private Elf.@Nullable Load loadAt(Elf headers, long address) {
        for (Elf.Load load : headers.loads()) {
            long start = down(load.address());
            if (Long.compareUnsigned(address - start, up(load.end()) - start) < 0) {
                return load;
            }
        }
        return null;
    }

    private boolean isRelro(Elf headers, AddressRange range) {
        return new AddressRange(down(headers.relroStart()) + bias, up(headers.relroEnd()) + bias).contains(range);
    }

    private Role choose(Role program, Role library) {
        return kind == Kind.PROGRAM ? program : library;
    }

    private long down(long address) {
        return address & -pageSize;
    }

    private long up(long address) {
        return (address + pageSize - 1) & -pageSize;
    }

    /** Where the anonymous tail of the segment lies, empty if the file's last page holds all of it. */
    AddressRange bss(Elf.Load load) {
        long start = up(load.address() + load.fileSize());
        long end = Math.max(start, up(load.end()));
        return new AddressRange(start + bias, end + bias);
    }
}
