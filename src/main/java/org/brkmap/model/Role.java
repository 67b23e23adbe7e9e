package org.brkmap.model;

/** What a mapping is for. The analysis finds it from device, inode, offset, ELF headers, auxv and traced calls, never from position. */
public enum Role {
    PROGRAM_HEADERS("program headers"),
    PROGRAM_TEXT("program text"),
    PROGRAM_RODATA("program rodata"),
    PROGRAM_RELRO("program relro"),
    PROGRAM_DATA("program data"),
    PROGRAM_BSS("program bss"),
    HEAP("heap"),
    LIBRARY_HEADERS("library headers"),
    LIBRARY_TEXT("library text"),
    LIBRARY_RODATA("library rodata"),
    LIBRARY_RELRO("library relro"),
    LIBRARY_DATA("library data"),
    LIBRARY_BSS("library bss"),
    LOADER("loader"),
    STACK("stack"),
    THREAD_STACK("thread stack"),
    STACK_GUARD("stack guard"),
    ARENA("malloc arena"),
    ANONYMOUS("anonymous"),
    FILE("file"),
    SHARED("shared memory"),
    VVAR("vvar"),
    VDSO("vdso"),
    VSYSCALL("vsyscall"),
    /** Mappings of brkmap's own malloc probe; never counted. */
    PROBE("probe"),
    OTHER("other"),
    /** Not yet classified: a snapshot as it was read. */
    UNKNOWN("unknown");

    private final String title;

    Role(String title) {
        this.title = title;
    }

    /** The role in words. */
    public String title() {
        return title;
    }

    /** Whether sums and comparisons count it: not the probe, and not [vsyscall], which lies outside user space. */
    public boolean isCounted() {
        return this != PROBE && this != VSYSCALL;
    }

    public boolean isProgram() {
        return name().startsWith("PROGRAM_");
    }

    public boolean isLibrary() {
        return name().startsWith("LIBRARY_") || this == LOADER;
    }
}
