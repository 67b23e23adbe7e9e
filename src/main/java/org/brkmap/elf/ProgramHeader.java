package org.brkmap.elf;

/**
 * A segment of an ELF file (elf(5), Elf64_Phdr). Addresses and sizes are unsigned; a hostile file may say anything. Immutable.
 *
 * @param type one of the constants, or another number
 * @param flags sum of {@link #EXECUTE}, {@link #WRITE} and {@link #READ}
 * @param offset byte offset in the file
 * @param address virtual address, before the load bias is added
 * @param fileSize bytes in the file
 * @param memorySize bytes in memory; those beyond the file's are zero
 * @param align alignment in bytes
 */
public record ProgramHeader(
        int type, int flags, long offset, long address, long fileSize, long memorySize, long align) {
    public static final int LOAD = 1;
    public static final int DYNAMIC = 2;
    public static final int INTERP = 3;
    public static final int TLS = 7;
    public static final int GNU_STACK = 0x6474e551;
    public static final int GNU_RELRO = 0x6474e552;

    public static final int EXECUTE = 1;
    public static final int WRITE = 2;
    public static final int READ = 4;

    public boolean isExecutable() {
        return (flags & EXECUTE) != 0;
    }

    public boolean isWritable() {
        return (flags & WRITE) != 0;
    }

    /** Whether the byte of this virtual address belongs to the segment, file or zeros. */
    public boolean containsAddress(long virtualAddress) {
        return Long.compareUnsigned(virtualAddress - address, memorySize) < 0;
    }

    /** Whether the byte at this offset of the file belongs to the segment. */
    public boolean containsOffset(long fileOffset) {
        return Long.compareUnsigned(fileOffset - offset, fileSize) < 0;
    }
}
