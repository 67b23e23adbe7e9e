package org.brkmap.observe;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.brkmap.libc.SystemFacts;
import org.brkmap.model.Ending;
import org.brkmap.model.Limits;
import org.brkmap.model.Observation;
import org.brkmap.model.ProgramFacts;
import org.brkmap.procfs.ProcFs;
import org.jspecify.annotations.Nullable;

/**
 * A running process that is being followed, with its threads and the children it makes. It is none of ours: it lives on when it
 * is let go of, and when this JVM dies. Every call of it is stopped twice meanwhile, so it runs slowly. Thread-safe.
 */
public final class Attachment {
    private final int pid;
    private final @Nullable Duration longest;
    private final CountDownLatch held = new CountDownLatch(1);
    private final FutureTask<Observation> task = new FutureTask<>(this::follow);
    private final Thread thread = new Thread(task, "brkmap-attach");
    private volatile boolean stopped;

    private Attachment(int pid, @Nullable Duration longest) {
        this.pid = pid;
        this.longest = longest;
    }

    /** Takes hold of the process; when this returns, it is followed. */
    static Attachment to(int pid, @Nullable Duration longest) throws IOException, InterruptedException {
        Attachment attachment = new Attachment(pid, longest);
        attachment.thread.setDaemon(true);
        attachment.thread.start();
        try {
            attachment.held.await();
        } catch (InterruptedException e) {
            attachment.stop();
            attachment.thread.join();
            throw e;
        }
        if (attachment.task.isDone() || attachment.failedToHold) {
            attachment.thread.join();
            attachment.result();
        }
        return attachment;
    }

    private volatile boolean failedToHold;

    /** The process that is followed. */
    public int pid() {
        return pid;
    }

    /** Asks to let go of the process; returns at once, and does nothing the second time. */
    public void stop() {
        stopped = true;
    }

    /**
     * Waits until the process has ended or was let go of.
     *
     * @return what was seen; its ending is {@link Ending#isDetached} if the process runs on
     * @throws IOException if following failed; the process runs on then
     * @throws InterruptedException if this thread is interrupted; the process is let go of before
     */
    public Observation result() throws IOException, InterruptedException {
        try {
            return task.get();
        } catch (InterruptedException e) {
            stop();
            thread.join();
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("following the process failed; please report this", e.getCause());
        }
    }

    private Observation follow() throws IOException, InterruptedException {
        ProcFs proc = ProcFs.live();
        EventLog log = new EventLog();
        Tracees tracees = new Tracees(null);
        int pageSize = SystemFacts.pageSize();
        Checkpoints checkpoints = new Checkpoints(tracees, proc, log, null, pageSize, true, null);
        Follower follower = new Follower(tracees, checkpoints, log, proc);
        List<String> command;
        try {
            new Admission(proc, tracees).takeHoldOf(pid);
            command = proc.commandLine(pid);
            follower.begin(pid);
        } catch (IOException e) {
            failedToHold = true;
            throw e;
        } finally {
            held.countDown();
        }
        long deadline = System.nanoTime() + (longest == null ? 0 : longest.toNanos());
        Ending ending = follower.follow(() -> stopped
                ? ""
                : longest != null && System.nanoTime() - deadline >= 0
                        ? "time limit of " + longest.toSeconds() + " s"
                        : null);
        List<String> notes = new ArrayList<>(follower.notes());
        notes.addAll(checkpoints.notes());
        Limits limits = new Limits(longest == null ? Duration.ZERO : longest, 0, 0, 0);
        return new Observation(
                new ProgramFacts(command, List.of(), null, limits, false),
                Hosts.facts(proc, null, pageSize, checkpoints.snapshots(), List.of("ptrace")),
                List.of(),
                checkpoints.snapshots(),
                log.toEvents(),
                List.of(),
                0,
                ending,
                notes.stream().distinct().toList());
    }
}
