package org.brkmap.elf;

/**
 * A section of an ELF file (elf(5), Elf64_Shdr). A hostile file may say anything. Immutable.
 *
 * @param name such as {@code .bss}
 * @param type sh_type; {@link #NOBITS} takes no room in the file
 * @param flags sh_flags
 * @param address virtual address before the load bias is added; 0 if it is not loaded
 * @param offset byte offset in the file
 * @param size bytes
 */
public record Section(String name, int type, long flags, long address, long offset, long size) {
    public static final int NOBITS = 8;
}
