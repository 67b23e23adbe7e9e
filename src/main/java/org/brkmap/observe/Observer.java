package org.brkmap.observe;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.brkmap.model.Observation;
import org.brkmap.toolchain.NativeParts;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program, stops it at its checkpoints, and records what its memory is and what it asks of the kernel.
 *
 * <p>Each observation has a thread of its own that makes every ptrace call (ptrace(2)), so several can run at once; the
 * target shares that thread's CPU, which halves the cost of a stop. Whatever happens to this JVM, no target outlives it.
 */
public final class Observer {
    private Observer() {}

    /**
     * Observes one program from launch to end. Where the kernel refuses to let it be traced, it is watched instead: there are
     * snapshots where it waits for a key, and no events; a note says so, and {@link org.brkmap.model.HostFacts#capabilities} how.
     *
     * @return what was seen; roles, changes and source lines are the analysis's to add
     * @throws org.brkmap.toolchain.MissingToolException if the native parts must be compiled and there is no compiler
     * @throws ObserveException if the program cannot be started; the message says what to do
     * @throws InterruptedException if this thread is interrupted; the target is gone then
     */
    public static Observation observe(Launch launch) throws IOException, InterruptedException {
        return observe(launch, Run::traced);
    }

    /**
     * Takes hold of a running process with all its threads, and follows it and the children it makes until it ends, is let go of
     * by {@link Attachment#stop}, or the time is over. It is read when it is taken hold of, now and then while it makes memory
     * calls, when it executes a program or exits, and when it is let go of, which leaves it as it was.
     *
     * @param longest how long to follow it, or null for as long as it lives
     * @throws ObserveException if there is no such process, it has no memory of its own, or it may not be traced; the message
     *     says what to do
     */
    public static Attachment attach(int pid, @Nullable Duration longest) throws IOException, InterruptedException {
        return Attachment.to(pid, longest);
    }

    /**
     * Runs a program as one that nobody traces: it has no tracer and no probe, though a system call filter. It is read at
     * checkpoint(), where it waits for a key, and at its end; there are no events. Threads beside the one that is read run on.
     *
     * @throws IOException if it cannot be started, or this kernel cannot tell of its checkpoints otherwise
     */
    public static Observation observeUntraced(Launch launch) throws IOException, InterruptedException {
        return observe(launch.withoutProbe(), Run::unobserved);
    }

    /** Observes it as where ptrace is refused, and with no more than that to be seen. */
    static Observation watch(Launch launch, Sight best) throws IOException, InterruptedException {
        return observe(launch, run -> run.watched("as was asked for", best));
    }

    /** Observes it with every stop handled in the JVM. */
    static Observation observeUnrecorded(Launch launch) throws IOException, InterruptedException {
        return observe(launch, run -> run.traced(false));
    }

    /** A way to follow a run. */
    private interface Way {
        Observation follow(Run run) throws IOException, InterruptedException;
    }

    private static Observation observe(Launch launch, Way way) throws IOException, InterruptedException {
        NativeParts parts = NativeParts.ready();
        String executable = Executables.find(launch);
        try (StopRequest stop = new StopRequest(launch.limits().wallTime())) {
            Run run = new Run(launch, parts, executable, stop);
            try {
                return onThread(run, way);
            } catch (TracingRefused e) {
                return onThread(run, other -> other.watched(String.valueOf(e.getMessage()), Sight.CALLS));
            }
        }
    }

    private static Observation onThread(Run run, Way way) throws IOException, InterruptedException {
        FutureTask<Observation> task = new FutureTask<>(() -> way.follow(run));
        Thread thread = new Thread(task, "brkmap-tracer");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get();
        } catch (InterruptedException e) {
            run.stop().ask("interrupt");
            thread.join();
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("the tracer failed; please report this", e.getCause());
        }
    }
}
