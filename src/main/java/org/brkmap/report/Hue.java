package org.brkmap.report;

import org.brkmap.model.Role;

/** The few groups of roles that a picture tells apart by colour. */
enum Hue {
    PROGRAM("program"),
    HEAP("heap"),
    ANONYMOUS("anonymous"),
    LIBRARY("libraries"),
    FILE("mapped files"),
    SHARED("shared memory"),
    STACK("stacks"),
    KERNEL("kernel pages"),
    OTHER("other");

    private final String title;

    Hue(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** The class that colours it in the style sheet. */
    String className() {
        return "hue-" + name().toLowerCase(java.util.Locale.ROOT);
    }

    static Hue of(Role role) {
        if (role.isProgram()) {
            return PROGRAM;
        }
        if (role.isLibrary()) {
            return LIBRARY;
        }
        return switch (role) {
            case HEAP -> HEAP;
            case ANONYMOUS, ARENA -> ANONYMOUS;
            case FILE -> FILE;
            case SHARED -> SHARED;
            case STACK, THREAD_STACK, STACK_GUARD -> STACK;
            case VVAR, VDSO, VSYSCALL -> KERNEL;
            default -> OTHER;
        };
    }

    /** The sequence that colours it on a terminal: told apart without red and green; the words say the same. */
    String colour() {
        return switch (this) {
            case PROGRAM -> "\u001b[34m";
            case HEAP -> "\u001b[33m";
            case ANONYMOUS -> "\u001b[36m";
            case STACK -> "\u001b[35m";
            default -> "";
        };
    }
}
