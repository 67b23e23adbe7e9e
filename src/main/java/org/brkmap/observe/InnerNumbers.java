package org.brkmap.observe;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.brkmap.procfs.ProcFs;

/** The numbers that threads have in the PID namespace of a sandbox (pid_namespaces(7)), as /proc tells them. */
final class InnerNumbers implements ProbeMemory.Numbers {
    private final ProcFs proc;
    private final Map<Integer, Integer> there = new HashMap<>();
    private final Map<Integer, Integer> here = new HashMap<>();

    InnerNumbers(ProcFs proc) {
        this.proc = proc;
    }

    @Override
    public int there(int number) {
        return there.computeIfAbsent(number, this::look);
    }

    private int look(int number) {
        int inner = number;
        try {
            List<Integer> all = proc.status(number).namespacePids();
            inner = all.isEmpty() ? number : all.get(all.size() - 1);
        } catch (IOException gone) {
            return number;
        }
        here.put(inner, number);
        return inner;
    }

    @Override
    public int here(int number) {
        return here.getOrDefault(number, number);
    }
}
