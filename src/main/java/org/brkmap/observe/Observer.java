package org.brkmap.observe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.brkmap.libc.SystemFacts;
import org.brkmap.model.Ending;
import org.brkmap.model.Observation;
import org.brkmap.model.ProgramFacts;
import org.brkmap.procfs.ProcFs;
import org.brkmap.toolchain.NativeParts;

/**
 * Runs a program, stops it at its checkpoints, and records what its memory is and what it asks of the kernel.
 *
 * <p>Each observation has a thread of its own that makes every ptrace call (ptrace(2)), so several can run at once; the
 * target shares that thread's CPU, which halves the cost of a stop. Whatever happens to this JVM, no target outlives it.
 */
public final class Observer {
    private Observer() {}

    /**
     * Observes one program from launch to end.
     *
     * @return what was seen; roles, changes and source lines are the analysis's to add
     * @throws org.brkmap.toolchain.MissingToolException if the native parts must be compiled and there is no compiler
     * @throws ObserveException if the program cannot be started or traced; the message says what to do
     * @throws InterruptedException if this thread is interrupted; the target is gone then
     */
    public static Observation observe(Launch launch) throws IOException, InterruptedException {
        NativeParts parts = NativeParts.ready();
        String executable = Executables.find(launch);
        try (StopRequest stop = new StopRequest(launch.limits().wallTime())) {
            FutureTask<Observation> task = new FutureTask<>(observation(launch, parts, executable, stop));
            Thread thread = new Thread(task, "brkmap-tracer");
            thread.setDaemon(true);
            thread.start();
            return result(task, thread, stop);
        }
    }

    private static Observation result(FutureTask<Observation> task, Thread thread, StopRequest stop)
            throws IOException, InterruptedException {
        try {
            return task.get();
        } catch (InterruptedException e) {
            stop.ask("interrupt");
            thread.join();
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("the tracer failed; please report this", e.getCause());
        }
    }

    private static Callable<Observation> observation(
            Launch launch, NativeParts parts, String executable, StopRequest stop) {
        return () -> {
            try (ProbeMemory probe = launch.probe() ? new ProbeMemory() : null;
                    Terminal terminal = new Terminal(launch.limits().outputBytes(), stop)) {
                ProcFs proc = ProcFs.live();
                EventLog log = new EventLog();
                Tracees tracees = new Tracees(stop);
                int pageSize = SystemFacts.pageSize();
                Checkpoints checkpoints = new Checkpoints(tracees, proc, log, probe, pageSize, launch.pages());
                Keyboard keyboard = new Keyboard(terminal, launch.input());
                Tracer tracer =
                        new Tracer(tracees, checkpoints, log, probe, proc, terminal, keyboard, launch.limits(), stop);
                Ending ending = new Launcher(launch, parts, executable, terminal, probe, tracees).run(tracer);
                terminal.finish(log.size());
                List<String> notes = new ArrayList<>(tracer.notes());
                notes.addAll(checkpoints.notes());
                return new Observation(
                        new ProgramFacts(
                                launch.command(), launch.sources(), launch.flags(), launch.limits(), launch.probe()),
                        Hosts.facts(proc, launch.compiler(), pageSize),
                        terminal.transcript(),
                        checkpoints.snapshots(),
                        log.toEvents(),
                        probe == null ? List.of() : probe.calls(),
                        probe == null ? 0 : probe.dropped(),
                        ending,
                        notes.stream().distinct().toList());
            }
        };
    }
}
