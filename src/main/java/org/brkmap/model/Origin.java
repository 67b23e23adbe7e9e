package org.brkmap.model;

/** Whose code made a system call. */
public enum Origin {
    /** The program, or a library on its behalf. */
    PROGRAM,
    /** The dynamic loader, while it mapped the program's libraries. */
    LOADER,
    /** Not known. */
    UNKNOWN
}
