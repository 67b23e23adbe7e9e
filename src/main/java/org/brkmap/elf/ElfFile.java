package org.brkmap.elf;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The headers of an ELF file (elf(5)), of either class and byte order. Immutable.
 *
 * @param kind what the file is for
 * @param machine e_machine, such as 62 for x86-64 and 183 for aarch64
 * @param is64Bit whether it is of the 64-bit class
 * @param littleEndian its byte order
 * @param entry virtual address of the first instruction, before the load bias is added
 * @param interpreter path of the dynamic loader it asks for, or null
 * @param isPie whether it is an executable that can be loaded anywhere, linked dynamically or not
 * @param programHeaders in the file's order
 * @param sections in the file's order; empty if it has none or their table is damaged, which running it does not need
 */
public record ElfFile(
        Kind kind,
        int machine,
        boolean is64Bit,
        boolean littleEndian,
        long entry,
        @Nullable String interpreter,
        boolean isPie,
        List<ProgramHeader> programHeaders,
        List<Section> sections) {

    /** What an ELF file is for: e_type. */
    public enum Kind {
        RELOCATABLE,
        /** An executable at a fixed address. */
        EXECUTABLE,
        /** A shared library, or a position-independent executable. */
        DYNAMIC,
        CORE,
        OTHER
    }

    public ElfFile {
        programHeaders = List.copyOf(programHeaders);
        sections = List.copyOf(sections);
    }

    /**
     * Reads the headers, whatever the file holds, in bounded time and memory.
     *
     * @throws ElfException if it cannot be read, is not ELF, or its program headers are damaged
     */
    public static ElfFile read(Path file) throws ElfException {
        return ElfReader.read(file);
    }

    /** Whether it is an executable that needs no dynamic loader. */
    public boolean isStatic() {
        return interpreter == null && (kind == Kind.EXECUTABLE || isPie);
    }

    /** The segments that are mapped when it is loaded. */
    public List<ProgramHeader> loads() {
        return segments(ProgramHeader.LOAD).toList();
    }

    /** The first segment of a type. */
    public Optional<ProgramHeader> segment(int type) {
        return segments(type).findFirst();
    }

    /** The first section of a name. */
    public Optional<Section> section(String name) {
        return sections.stream().filter(section -> section.name().equals(name)).findFirst();
    }

    /** The virtual address, before the load bias, of a byte of the file; empty if it is not loaded. */
    public OptionalLong addressOf(long fileOffset) {
        return segments(ProgramHeader.LOAD)
                .filter(load -> load.containsOffset(fileOffset))
                .mapToLong(load -> load.address() + (fileOffset - load.offset()))
                .findFirst();
    }

    /** The offset in the file of a virtual address before the load bias; empty if no byte of the file is loaded there. */
    public OptionalLong offsetOf(long address) {
        return segments(ProgramHeader.LOAD)
                .filter(load -> load.containsAddress(address)
                        && load.containsOffset(load.offset() + (address - load.address())))
                .mapToLong(load -> load.offset() + (address - load.address()))
                .findFirst();
    }

    /**
     * What must be added to the file's virtual addresses to get those of a process, told by one mapping of the file. Two
     * segments may share a page of the file, at different distances: of a file's mappings the lowest is never in doubt.
     *
     * @param start where the mapping starts
     * @param offset the file's offset there, a multiple of the page size
     * @param pageSize of the process, a power of two
     * @return the bias, modulo 2^64; empty if no segment is mapped from that offset
     */
    public OptionalLong loadBias(long start, long offset, long pageSize) {
        return Stream.concat(
                        segments(ProgramHeader.LOAD).filter(load -> floor(load.offset(), pageSize) == offset),
                        segments(ProgramHeader.LOAD).filter(load -> load.containsOffset(offset)))
                .mapToLong(load -> start - (load.address() + (offset - load.offset())))
                .findFirst();
    }

    private static long floor(long value, long pageSize) {
        return value & -pageSize;
    }

    private Stream<ProgramHeader> segments(int type) {
        return programHeaders.stream().filter(header -> header.type() == type);
    }
}
