package org.brkmap.observe;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.brkmap.libc.Errno;
import org.brkmap.libc.NativeException;
import org.brkmap.procfs.ProcException;
import org.brkmap.procfs.ProcFs;
import org.brkmap.procfs.ProcStat;
import org.brkmap.procfs.ProcStatus;
import org.jspecify.annotations.Nullable;

/** Takes hold of all threads of a running process, or says why that cannot be. */
final class Admission {
    private final ProcFs proc;
    private final Tracees tracees;

    Admission(ProcFs proc, Tracees tracees) {
        this.proc = proc;
        this.tracees = tracees;
    }

    /** Seizes every thread, also those that are born meanwhile; none is stopped by that. */
    void takeHoldOf(int pid) throws IOException {
        check(pid);
        AddressSpace space = new AddressSpace(pid);
        Set<Integer> passed = new HashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (int tid : threadsOf(pid)) {
                if (passed.add(tid) && tracees.find(tid) == null && seize(pid, tid)) {
                    tracees.add(new Task(tid, pid, space));
                    more = true;
                }
            }
        }
        if (tracees.count() == 0) {
            throw gone(pid, null);
        }
    }

    private void check(int pid) throws IOException {
        if (pid <= 0) {
            throw new ObserveException(pid + " is not the number of a process. Find it with pgrep or ps.");
        }
        if (pid == ProcessHandle.current().pid()) {
            throw new ObserveException("process " + pid + " is brkmap itself, which cannot look at itself.");
        }
        ProcStat stat;
        ProcStatus status;
        try {
            stat = proc.stat(pid);
            status = proc.status(pid);
        } catch (ProcException e) {
            throw e.kind() == ProcException.Kind.GONE ? gone(pid, e) : e;
        }
        if (stat.isKernelThread()) {
            throw new ObserveException("process " + pid + " (" + stat.command()
                    + ") is a thread of the kernel's own: it has no memory of its own to look at.");
        }
        if (status.threadGroup() != pid) {
            throw new ObserveException(pid + " is a thread of process " + status.threadGroup()
                    + ". Attach to the process: --attach " + status.threadGroup());
        }
        if (stat.state() == 'Z' && threadsOf(pid).size() == 1) {
            throw new ObserveException("process " + pid + " (" + stat.command() + ") has ended already: it is a zombie"
                    + " until its parent, process " + stat.parent() + ", asks how.");
        }
    }

    private List<Integer> threadsOf(int pid) throws IOException {
        try {
            return proc.threads(pid);
        } catch (ProcException e) {
            throw e.kind() == ProcException.Kind.GONE ? gone(pid, e) : e;
        }
    }

    /** False if the thread needs no hold of ours: it has ended, or it came with one that we hold. */
    private boolean seize(int pid, int tid) throws IOException {
        try {
            tracees.ptrace.seizeGuest(tid);
            return true;
        } catch (NativeException e) {
            if (e.errno() == Errno.ESRCH || hasEnded(tid) || isOurs(tid)) {
                return false;
            }
            throw refused(pid, tid, e);
        }
    }

    private boolean hasEnded(int tid) {
        try {
            return proc.stat(tid).isEnding();
        } catch (IOException e) {
            return true;
        }
    }

    private boolean isOurs(int tid) {
        try {
            int tracer = proc.status(tid).tracer();
            int self = (int) ProcessHandle.current().pid();
            return tracer != 0 && tracees.count() > 0 && proc.threads(self).contains(tracer);
        } catch (IOException e) {
            return false;
        }
    }

    private ObserveException refused(int pid, int tid, NativeException e) throws IOException {
        int thread = proc.status(tid).tracer();
        if (thread != 0) {
            int tracer = proc.status(thread).threadGroup();
            return new ObserveException(
                    "process " + pid + " is traced already, by process " + tracer + " ("
                            + proc.stat(tracer).command()
                            + "), and a process has one tracer at most. End that one first, such as strace or gdb.",
                    e);
        }
        return new ObserveException(
                "the kernel does not let us trace process " + pid + " ("
                        + proc.stat(pid).command() + "): "
                        + Errno.text(e.errno())
                        + ". Attach as its owner or as root; in a container, start that with --cap-add=SYS_PTRACE; and"
                        + " /proc/sys/kernel/yama/ptrace_scope above 0 allows root alone.",
                e);
    }

    private static ObserveException gone(int pid, @Nullable Throwable e) {
        return new ObserveException(
                "there is no process " + pid + ": it has ended, or never was. Look for its number with pgrep.", e);
    }
}
