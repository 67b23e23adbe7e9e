package org.brkmap.analyse;

import java.util.List;
import org.brkmap.model.MemoryEvent;

/** Tells the calls by which a process begins a new program (execve(2)). */
final class Executions {
    private Executions() {}

    static boolean is(MemoryEvent event) {
        return event.succeeded() && event.call().startsWith("execve");
    }

    static boolean among(List<MemoryEvent> events) {
        return events.stream().anyMatch(Executions::is);
    }
}
