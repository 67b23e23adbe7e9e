package org.brkmap.observe;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.brkmap.libc.WaitStatus;
import org.brkmap.libc.Waiter;
import org.brkmap.procfs.ProcFs;
import org.brkmap.procfs.ProcStat;

/** The start of a program in a sandbox, where our launcher is no child of ours: its stop is read in /proc. */
final class ConfinedStart {
    /** The name that launch.c gives itself before it stops; nothing that a student wrote has run until then. */
    private static final String STOPPED_LAUNCHER = "brkmap-launch";

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final int child;
    private final Terminal terminal;
    private final ProcFs proc = ProcFs.live();

    /**
     * @param child the sandbox's own first process
     * @param terminal on which it says what went wrong
     */
    ConfinedStart(int child, Terminal terminal) {
        this.child = child;
        this.terminal = terminal;
    }

    /** Waits until the launcher stands still, before the program's first instruction; returns its number in our namespace. */
    int await() throws IOException {
        Waiter waiter = new Waiter();
        Backoff backoff = new Backoff(2);
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            int launcher = stoppedLauncher();
            if (launcher > 0) {
                return launcher;
            }
            if (waiter.poll(child) == child && !WaitStatus.stopped(waiter.status())) {
                terminal.drain(0);
                throw new ObserveException("the sandbox could not be made: " + terminal.lastLine());
            }
            if (System.nanoTime() > deadline) {
                throw new ObserveException("the sandbox was not made within 30 seconds; is the machine overloaded?");
            }
            pause(backoff);
        }
    }

    private int stoppedLauncher() {
        Deque<Integer> open = new ArrayDeque<>();
        open.add(child);
        Integer pid;
        while ((pid = open.poll()) != null) {
            if (isStoppedLauncher(pid)) {
                return pid;
            }
            open.addAll(children(pid));
        }
        return 0;
    }

    private boolean isStoppedLauncher(int pid) {
        try {
            ProcStat stat = proc.stat(pid);
            return stat.state() == 'T' && stat.command().equals(STOPPED_LAUNCHER);
        } catch (IOException gone) {
            return false;
        }
    }

    private List<Integer> children(int pid) {
        try {
            return proc.children(pid, pid);
        } catch (IOException gone) {
            return List.of();
        }
    }

    private static void pause(Backoff backoff) throws ObserveException {
        try {
            backoff.pause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ObserveException("interrupted while the sandbox was being made");
        }
    }
}
