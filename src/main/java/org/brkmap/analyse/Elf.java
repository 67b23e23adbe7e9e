package org.brkmap.analyse;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.brkmap.elf.ElfException;
import org.brkmap.elf.ElfFile;
import org.brkmap.elf.ProgramHeader;

/**
 * What the labelling of mappings needs of an ELF file (elf(5)). Immutable.
 *
 * @param entry virtual address of its first instruction, before relocation
 * @param loads its loadable segments, in order of address; at least one
 * @param relroStart where PT_GNU_RELRO begins, before relocation
 * @param relroEnd where it ends; equal to its beginning if there is none
 */
record Elf(long entry, List<Load> loads, long relroStart, long relroEnd) {

    /** No loadable address is this high: a damaged file may claim it, and sums would wrap around. */
    private static final long HIGHEST = 1L << 57;

    /** Where files' headers come from. */
    interface Source {
        /** The file's headers, or empty if it cannot be read or is no ELF file with something to load. */
        Optional<Elf> read(String path);
    }

    /** A PT_LOAD segment; addresses before relocation, sizes in bytes. */
    record Load(long address, long memorySize, long offset, long fileSize, boolean write, boolean execute) {
        long end() {
            return address + memorySize;
        }
    }

    Elf {
        loads = List.copyOf(loads);
    }

    /** Reads a file as it is now; that the process mapped the same one is for the caller to have checked. */
    static Optional<Elf> read(String name) {
        Path path = path(name).orElse(null);
        if (path == null) {
            return Optional.empty();
        }
        try {
            ElfFile file = ElfFile.read(path);
            List<Load> loads = file.loads().stream()
                    .filter(header -> fits(header.address()) && fits(header.memorySize()) && fits(header.offset()))
                    .map(header -> new Load(
                            header.address(),
                            header.memorySize(),
                            header.offset(),
                            Math.min(header.fileSize() & Long.MAX_VALUE, header.memorySize()),
                            header.isWritable(),
                            header.isExecutable()))
                    .sorted(Comparator.comparingLong(Load::address))
                    .toList();
            if (loads.isEmpty()) {
                return Optional.empty();
            }
            Optional<ProgramHeader> relro = file.segment(ProgramHeader.GNU_RELRO)
                    .filter(header -> fits(header.address()) && fits(header.memorySize()));
            return Optional.of(new Elf(
                    file.entry(),
                    loads,
                    relro.map(ProgramHeader::address).orElse(0L),
                    relro.map(header -> header.address() + header.memorySize()).orElse(0L)));
        } catch (ElfException notElf) {
            return Optional.empty();
        }
    }

    /** A path of maps as it is on disk, where newlines are not escaped; empty if this JVM's locale has no bytes for its letters. */
    static Optional<Path> path(String name) {
        try {
            return Optional.of(Path.of(name.replace("\\012", "\n")));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static boolean fits(long value) {
        return value >= 0 && value < HIGHEST;
    }
}
