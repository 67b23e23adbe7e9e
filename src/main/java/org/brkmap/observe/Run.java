package org.brkmap.observe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.brkmap.libc.CallRecorder;
import org.brkmap.libc.RemoteMemory;
import org.brkmap.libc.SystemFacts;
import org.brkmap.model.Ending;
import org.brkmap.model.Observation;
import org.brkmap.model.ProgramFacts;
import org.brkmap.procfs.ProcFs;
import org.brkmap.toolchain.Confined;
import org.brkmap.toolchain.NativeParts;

/** One launch, put together: followed by a tracer, or where that is refused by an onlooker. */
record Run(Launch launch, NativeParts parts, String executable, StopRequest stop) {

    /** Follows it as its tracer. */
    Observation traced() throws IOException, InterruptedException {
        return traced(true);
    }

    /**
     * Follows it as its tracer.
     *
     * @param recorded whether the calls of a lone thread take the short way; what is seen is the same
     */
    Observation traced(boolean recorded) throws IOException, InterruptedException {
        ProcFs proc = ProcFs.live();
        try (ProbeMemory probe = launch.probe() ? probe(proc) : null;
                Terminal terminal = new Terminal(launch.limits().outputBytes(), stop)) {
            EventLog log = new EventLog();
            Tracees tracees = new Tracees(stop);
            int pageSize = SystemFacts.pageSize();
            Checkpoints checkpoints =
                    new Checkpoints(tracees, proc, log, probe, pageSize, launch.pages(), launch.look());
            Keyboard keyboard = new Keyboard(terminal, launch.input());
            boolean shortWay = recorded && CallRecorder.load(parts.recorder().toString());
            LoneThread loneThread = shortWay ? new LoneThread(log, probe) : null;
            Tracer tracer = new Tracer(
                    tracees, checkpoints, log, probe, proc, terminal, keyboard, launch.limits(), stop, loneThread);
            Ending ending = new Launcher(launch, parts, executable, terminal, probe, tracees).run(tracer);
            terminal.finish(log.size());
            List<String> notes = new ArrayList<>(tracer.notes());
            Privilege.note(executable).ifPresent(notes::add);
            notes.addAll(checkpoints.notes());
            return new Observation(
                    facts(),
                    Hosts.facts(
                            proc, launch.compiler(), pageSize, checkpoints.snapshots(), List.of("ptrace", "seccomp")),
                    terminal.transcript(),
                    checkpoints.snapshots(),
                    log.toEvents(),
                    probe == null ? List.of() : probe.calls(),
                    probe == null ? 0 : probe.dropped(),
                    ending,
                    notes.stream().distinct().toList());
        }
    }

    private static ProbeMemory probe(ProcFs proc) throws IOException {
        return Confined.inForce() == null ? new ProbeMemory() : new ProbeMemory(new InnerNumbers(proc));
    }

    /**
     * Follows it as an onlooker.
     *
     * @param why it is not traced
     * @param best the most that may be seen of it
     */
    Observation watched(String why, Sight best) throws IOException, InterruptedException {
        String note = "causes are n/a: the program could not be traced (" + why + "). %s"
                + " In a container, --cap-add=SYS_PTRACE or a seccomp profile that allows ptrace helps; elsewhere"
                + " see that /proc/sys/kernel/yama/ptrace_scope is not 3.";
        return watched(note, best, false);
    }

    /** Follows it as an onlooker who hears of its marks, though tracing may be possible: so that it has no tracer. */
    Observation unobserved() throws IOException, InterruptedException {
        return watched("it was not traced, on purpose", Sight.CALLS, true);
    }

    private Observation watched(String note, Sight best, boolean marked) throws IOException, InterruptedException {
        try (ProbeMemory probe = launch.probe() ? new ProbeMemory() : null;
                Terminal terminal = new Terminal(launch.limits().outputBytes(), stop)) {
            ProcFs proc = ProcFs.live();
            Tracees tracees = new Tracees(stop);
            int pageSize = SystemFacts.pageSize();
            Checkpoints checkpoints =
                    new Checkpoints(tracees, proc, new EventLog(), probe, pageSize, launch.pages(), null);
            Keyboard keyboard = new Keyboard(terminal, launch.input());
            Waits waits = new Waits(proc, new RemoteMemory(), terminal.slaveName());
            TerminalWatch watch = new TerminalWatch(proc, terminal, waits, best);
            String mark = "BRKMAP_RUN=" + UUID.randomUUID();
            Onlooker onlooker =
                    new Onlooker(tracees, checkpoints, proc, terminal, keyboard, watch, launch.limits(), stop, mark);
            Launcher launcher = new Launcher(launch, parts, executable, terminal, probe, tracees);
            Ending ending = marked ? launcher.run(onlooker, checkpoints) : launcher.run(onlooker);
            terminal.finish(0);
            List<String> notes = new ArrayList<>();
            notes.add(note.replace("%s", whatWasSeen(watch.sight())));
            notes.addAll(onlooker.notes());
            Privilege.note(executable).ifPresent(notes::add);
            notes.addAll(checkpoints.notes());
            return new Observation(
                    facts(),
                    Hosts.facts(
                            proc,
                            launch.compiler(),
                            pageSize,
                            checkpoints.snapshots(),
                            List.of(watch.sight().title())),
                    terminal.transcript(),
                    checkpoints.snapshots(),
                    List.of(),
                    probe == null ? List.of() : probe.calls(),
                    probe == null ? 0 : probe.dropped(),
                    ending,
                    notes.stream().distinct().toList());
        }
    }

    private static String whatWasSeen(Sight sight) {
        return switch (sight) {
            case CALLS, CHANNELS ->
                "It was read a moment after its start and wherever it waited for a key, not at checkpoint() and not at"
                        + " its end.";
            case NOTHING -> "Nor does the kernel tell where it waits for a key: it got none.";
        };
    }

    private ProgramFacts facts() {
        return new ProgramFacts(launch.command(), launch.sources(), launch.flags(), launch.limits(), launch.probe());
    }
}
