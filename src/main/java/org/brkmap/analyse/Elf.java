package org.brkmap.analyse;

import java.util.List;
import java.util.Optional;

/**
 * What the labelling of mappings needs of an ELF file (elf(5)). Immutable.
 *
 * @param entry virtual address of its first instruction, before relocation
 * @param loads its loadable segments, in order of address
 * @param relroStart where PT_GNU_RELRO begins, before relocation
 * @param relroEnd where it ends; equal to its beginning if there is none
 */
record Elf(long entry, List<Load> loads, long relroStart, long relroEnd) {

    Elf {
        loads = List.copyOf(loads);
    }

    /** Where files' headers come from. */
    interface Source {
        /** The file's headers, or empty if it cannot be read or is no ELF file with something to load. */
        Optional<Elf> read(String path);
    }

    /** A PT_LOAD segment; addresses before relocation, sizes in bytes. */
    record Load(long address, long memorySize, long offset, long fileSize, boolean write, boolean execute) {}
}
