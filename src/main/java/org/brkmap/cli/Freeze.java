package org.brkmap.cli;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.brkmap.libc.Processes;
import org.brkmap.libc.Signal;
import org.brkmap.procfs.ProcException;
import org.brkmap.procfs.ProcFs;
import org.brkmap.procfs.ProcStat;

/**
 * Holds a process still while its memory is read, and lets it go on whatever happens to us but SIGKILL. A process that its user
 * had stopped already stays stopped.
 */
final class Freeze implements AutoCloseable {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    private final ProcFs proc = ProcFs.live();
    private final int pid;
    private final long startTime;
    private final boolean ours;
    private final Thread release = new Thread(this::release, "brkmap-continue");
    private boolean released;

    /**
     * Stops it, and waits until every thread stands.
     *
     * @throws IOException if it is gone, may not be stopped, or one of its threads did not stop within ten seconds
     */
    Freeze(int pid) throws IOException {
        this.pid = pid;
        ProcStat stat = proc.stat(pid);
        startTime = stat.startTime();
        ours = !stat.isStopped();
        if (!ours) {
            return;
        }
        Runtime.getRuntime().addShutdownHook(release);
        boolean standing = false;
        try {
            if (!Processes.kill(pid, Signal.SIGSTOP)) {
                throw new IOException(
                        "process " + pid + " cannot be stopped: it is gone, or belongs to another user. Run as"
                                + " its owner or as root.");
            }
            awaitStop();
            standing = true;
        } finally {
            if (!standing) {
                close();
            }
        }
    }

    /** Whom it holds. */
    int pid() {
        return pid;
    }

    /** A signal is only sent when kill(2) returns: a thread may run on for a while, or wait in the kernel. */
    private void awaitStop() throws IOException {
        long deadline = System.nanoTime() + PATIENCE;
        for (int tid : proc.threads(pid)) {
            while (runs(tid)) {
                if (System.nanoTime() > deadline) {
                    throw new IOException(
                            "thread " + tid + " of process " + pid + " did not stop within 10 s: it is in state "
                                    + proc.stat(tid).state() + ". Try again when it is done waiting for its device.");
                }
                LockSupport.parkNanos(50_000);
            }
        }
    }

    private boolean runs(int tid) throws IOException {
        try {
            ProcStat stat = proc.stat(tid);
            return !stat.isStopped() && !stat.isEnding();
        } catch (ProcException e) {
            if (e.kind() == ProcException.Kind.GONE) {
                return false;
            }
            throw e;
        }
    }

    /** Not twice, and not another process that has got the number since. */
    private synchronized void release() {
        if (ours && !released) {
            released = true;
            try {
                if (proc.stat(pid).startTime() == startTime) {
                    Processes.kill(pid, Signal.SIGCONT);
                }
            } catch (IOException gone) {
                released = true;
            }
        }
    }

    @Override
    public void close() {
        release();
        if (ours) {
            try {
                Runtime.getRuntime().removeShutdownHook(release);
            } catch (IllegalStateException ending) {
                released = true;
            }
        }
    }
}
