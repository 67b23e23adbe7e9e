package org.brkmap.toolchain;

/**
 * Ends a process that the JDK started, with its descendants, if this JVM ends before it does: by Ctrl-C, for instance. For
 * processes that {@link Tool} does not run. Thread-safe.
 */
public final class Tether {
    private final ProcessTree tree = new ProcessTree();
    private final Process process;

    private Tether(Process process) {
        this.process = process;
        tree.add(process);
    }

    /** Holds it until it is released. */
    public static Tether of(Process process) {
        return new Tether(process);
    }

    /** Forgets it: it has ended, or may live on. */
    public void release() {
        tree.remove(process);
    }
}
