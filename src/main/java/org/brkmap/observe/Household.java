package org.brkmap.observe;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brkmap.libc.Processes;
import org.brkmap.libc.Signal;
import org.brkmap.procfs.ProcException;
import org.brkmap.procfs.ProcFs;
import org.brkmap.procfs.ProcStat;

/**
 * The processes of a run that has no tracer to tell of them: those of the target's session, their descendants, and whatever
 * bears the run's mark in its environment. Found by reading all of /proc, for at most a tenth of the time; at once, and for at most
 * half of it, when many threads have come to the machine: they may be ours.
 */
final class Household {
    private static final int SHARE = 10;
    private static final int MANY = 16;

    private final Tracees tracees;
    private final ProcFs proc;
    private final int root;
    private final long born;
    private final String mark;
    private final int most;
    private final Map<Integer, Long> strangers = new HashMap<>();
    private Map<Integer, Long> members = new HashMap<>();
    private long next = System.nanoTime();
    private long soonest = next;
    private int crowd;

    /**
     * The household of a process that leads its session, and is started with {@code NAME=VALUE} in its environment.
     *
     * @param most how many processes it may have; when there are more, all of its first group are stopped
     */
    Household(Tracees tracees, ProcFs proc, int root, String mark, int most) throws IOException {
        this.tracees = tracees;
        this.proc = proc;
        this.root = root;
        this.mark = mark;
        this.most = most;
        this.born = proc.stat(root).startTime();
    }

    /** Looks for new and ended processes and threads, unless it has just done so. */
    void refreshIfDue() throws IOException {
        long now = System.nanoTime();
        if (now - next >= 0 || (now - soonest >= 0 && proc.threadsOfAll() - crowd > MANY)) {
            refresh();
        }
    }

    /** Brings the list of tasks up to date. */
    void refresh() throws IOException {
        long begun = System.nanoTime();
        crowd = proc.threadsOfAll();
        Map<Integer, Long> found = new HashMap<>();
        for (int pid : proc.processes()) {
            if (pid != root) {
                find(pid, found);
            }
            if (found.size() == most) {
                // With the first one there are too many, and they may come faster than they are looked at.
                Processes.killGroup(root, Signal.SIGSTOP);
            }
        }
        found.put(root, born);
        members = found;
        Set<Integer> threads = new HashSet<>();
        for (int pid : found.keySet()) {
            for (int tid : threadsOf(pid)) {
                threads.add(tid);
                if (tracees.find(tid) == null) {
                    tracees.add(new Task(tid, pid, spaceOf(pid)));
                }
            }
        }
        for (Task task : List.copyOf(tracees.all())) {
            if (!threads.contains(task.tid)) {
                tracees.remove(task);
            }
        }
        long end = System.nanoTime();
        next = end + SHARE * (end - begun);
        soonest = end + (end - begun);
    }

    private AddressSpace spaceOf(int pid) {
        List<Task> others = tracees.ofProcess(pid);
        return others.isEmpty() ? new AddressSpace(pid) : others.get(0).space;
    }

    private List<Integer> threadsOf(int pid) throws IOException {
        try {
            return proc.stat(pid).isEnding() ? List.of() : proc.threads(pid);
        } catch (ProcException e) {
            return List.of();
        }
    }

    private void find(int pid, Map<Integer, Long> found) throws IOException {
        try {
            ProcStat stat = proc.stat(pid);
            Long since = stat.startTime();
            if (stat.isEnding() || since < born || since.equals(strangers.get(pid))) {
                return;
            }
            boolean known = since.equals(members.get(pid));
            boolean related =
                    stat.session() == root || members.containsKey(stat.parent()) || found.containsKey(stat.parent());
            if (known || related || proc.environment(pid).contains(mark)) {
                found.put(pid, since);
            } else {
                strangers.put(pid, since);
            }
        } catch (ProcException e) {
            // It ended meanwhile, or is closed to us: another user's.
        }
    }

    /** Ends every process of the run but its first, again and again until none is left; how many there were. */
    int endOthers() throws IOException, InterruptedException {
        Set<Integer> ended = new HashSet<>();
        Backoff backoff = new Backoff(5);
        long patience = System.nanoTime() + 5_000_000_000L;
        while (true) {
            refresh();
            members.remove(root);
            if (members.isEmpty() || System.nanoTime() - patience > 0) {
                return ended.size();
            }
            ended.addAll(members.keySet());
            tracees.killAll();
            backoff.pause();
        }
    }
}
