package org.brkmap.toolchain;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.exec.ProcessDestroyer;
import org.jspecify.annotations.Nullable;

/** A process and its descendants, which end together: when told, and when this JVM ends. Thread-safe. */
final class ProcessTree implements ProcessDestroyer {
    private static final Set<ProcessTree> ALIVE = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ALIVE.forEach(ProcessTree::kill), "brkmap-tools-end"));
    }

    private final boolean hasWarden;
    private @Nullable Process root;
    private boolean killed;

    ProcessTree() {
        this(false);
    }

    private ProcessTree(boolean hasWarden) {
        this.hasWarden = hasWarden;
    }

    /** One whose first process ends all others before itself when it is told to end (SIGTERM). */
    static ProcessTree endedByItsWarden() {
        return new ProcessTree(true);
    }

    @Override
    public synchronized boolean add(Process process) {
        root = process;
        ALIVE.add(this);
        if (killed) {
            kill();
        }
        return true;
    }

    @Override
    public boolean remove(Process process) {
        return ALIVE.remove(this);
    }

    @Override
    public int size() {
        return ALIVE.contains(this) ? 1 : 0;
    }

    /** The process that was started, or null if none was. */
    synchronized @Nullable Process root() {
        return root;
    }

    /** Kills all of it, and at once whatever may yet be started under it. */
    synchronized void kill() {
        killed = true;
        if (root != null && hasWarden) {
            root.destroy();
        } else if (root != null) {
            kill(root.toHandle());
        }
    }

    /** The parent first, so that it cannot start another; its children are listed before, for its death orphans them. */
    private static void kill(ProcessHandle process) {
        List<ProcessHandle> children = process.children().toList();
        process.destroyForcibly();
        children.forEach(ProcessTree::kill);
    }
}
