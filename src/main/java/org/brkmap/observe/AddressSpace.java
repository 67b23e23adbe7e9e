package org.brkmap.observe;

import java.util.ArrayDeque;
import java.util.Deque;
import org.brkmap.model.AddressRange;
import org.jspecify.annotations.Nullable;

/**
 * One address space, as the tracer keeps it: its memory calls run one at a time from entry to exit, so that the order of the
 * events is the order of the changes.
 */
final class AddressSpace {
    /** The process whose image it is. */
    final int pid;

    private @Nullable Task holder;
    private final Deque<Task> waiting = new ArrayDeque<>();

    /** Where the dynamic loader lies, by whose calls a dlopen is known; null for a static program. */
    @Nullable AddressRange loader;

    boolean exitSeen;

    AddressSpace(int pid) {
        this.pid = pid;
    }

    /** Takes the space for a call; false if another task is in one, and this one now queues. */
    boolean take(Task task) {
        if (holder != null && holder != task) {
            if (!waiting.contains(task)) {
                waiting.add(task);
            }
            return false;
        }
        holder = task;
        return true;
    }

    /** Whether nobody is in a call, and nobody waits for one. */
    boolean isFree() {
        return holder == null && waiting.isEmpty();
    }

    /** Gives the space back if the task has it; the next in the queue, or null. */
    @Nullable Task release(Task task) {
        if (holder != task) {
            return null;
        }
        holder = null;
        return waiting.poll();
    }

    /** Forgets a task that is gone; the next in the queue if the space is free then. */
    @Nullable Task forget(Task task) {
        waiting.remove(task);
        if (holder == null) {
            return waiting.poll();
        }
        return release(task);
    }
}
