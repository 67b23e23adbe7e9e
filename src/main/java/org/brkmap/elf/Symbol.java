package org.brkmap.elf;

/**
 * A symbol of an ELF file, as nm(1) lists it. Immutable.
 *
 * @param address virtual address, before the load bias is added
 * @param size bytes; 0 where the file does not say
 * @param type nm's letter: {@code T} text, {@code D} data, {@code B} bss, {@code R} read-only; lower case if local
 * @param name as in the file, not demangled; hostile like everything in it
 */
public record Symbol(long address, long size, char type, String name) {

    /** Whether the virtual address lies within the symbol; never, if its size is not known. */
    public boolean contains(long virtualAddress) {
        return Long.compareUnsigned(virtualAddress - address, size) < 0;
    }

    /** Whether it names code. */
    public boolean isCode() {
        return "TtWwi".indexOf(type) >= 0;
    }
}
