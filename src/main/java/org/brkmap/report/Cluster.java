package org.brkmap.report;

/** The parts that every address space has. */
enum Cluster {
    PROGRAM("program"),
    HEAP("heap"),
    MMAP("mmap area"),
    STACK("stack"),
    KERNEL("kernel");

    private final String title;

    Cluster(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    static Cluster of(Hue hue) {
        return switch (hue) {
            case PROGRAM -> PROGRAM;
            case HEAP -> HEAP;
            case STACK -> STACK;
            case KERNEL -> KERNEL;
            default -> MMAP;
        };
    }
}
