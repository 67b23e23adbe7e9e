package org.brkmap.observe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.brkmap.libc.Errno;
import org.brkmap.libc.LibraryPaths;
import org.brkmap.libc.NativeException;
import org.brkmap.libc.Processes;
import org.brkmap.libc.Signal;
import org.brkmap.libc.WaitStatus;
import org.brkmap.libc.Waiter;
import org.brkmap.model.Ending;
import org.brkmap.model.Limits;
import org.brkmap.toolchain.Confined;
import org.brkmap.toolchain.Confinement;
import org.brkmap.toolchain.NativeParts;
import org.jspecify.annotations.Nullable;

/** Starts the target under the tracer: the other half of src/main/c/launch.c. */
final class Launcher {
    /** The launcher's own failures begin here; lower statuses are error numbers of execve(2). */
    private static final int FIRST_FAILURE = 201;

    private static final int NO_FILTER = 207;

    private static final List<String> FAILURES = List.of(
            "it was called wrongly",
            "its parent was gone",
            "it could not begin a session",
            "it could not take the terminal",
            "it could not set a limit",
            "it could not stop itself",
            "the kernel refused its system call filter (seccomp)",
            "the kernel refused to switch randomisation off (personality)",
            "it could not enter the directory");

    private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

    /** Under which number a confined program holds the probe's memory: none that it would be given by itself. */
    private static final int HANDED_PROBE = 1000;

    private final @Nullable Confinement confinement = Confined.inForce();
    private final Launch launch;
    private final NativeParts parts;
    private final String executable;
    private final Terminal terminal;
    private final @Nullable ProbeMemory probe;
    private final Tracees tracees;

    Launcher(
            Launch launch,
            NativeParts parts,
            String executable,
            Terminal terminal,
            @Nullable ProbeMemory probe,
            Tracees tracees) {
        this.launch = launch;
        this.parts = parts;
        this.executable = executable;
        this.terminal = terminal;
        this.probe = probe;
        this.tracees = tracees;
    }

    /**
     * Runs the target to its end; the calling thread becomes its tracer.
     *
     * @throws TracingRefused if it may not be traced here; nothing of it is left then
     */
    Ending run(Tracer tracer) throws IOException {
        byte[] cpus = Processes.affinity();
        Processes.setAffinity(OneCpu.next(cpus));
        int pid = start(true, List.of(), this::seize);
        Ending ending = tracer.follow(pid);
        if (!tracer.started()) {
            if (Integer.valueOf(NO_FILTER).equals(ending.code())) {
                throw new TracingRefused(FAILURES.get(NO_FILTER - FIRST_FAILURE));
            }
            throw new ObserveException(notStarted(ending));
        }
        return ending;
    }

    /** Runs the target to its end without a tracer. */
    Ending run(Onlooker onlooker) throws IOException, InterruptedException {
        return ended(onlooker, onlooker.follow(start(false, List.of("env", onlooker.mark()), pid -> {})));
    }

    /** As above, on one CPU as under a tracer, and with word of its marks. */
    Ending run(Onlooker onlooker, Checkpoints checkpoints) throws IOException, InterruptedException {
        Processes.setAffinity(OneCpu.next(Processes.affinity()));
        List<String> options = List.of("marks", "1", "env", onlooker.mark());
        return ended(
                onlooker,
                onlooker.follow(start(false, options, pid -> onlooker.listen(Marks.of(pid, tracees, checkpoints)))));
    }

    private Ending ended(Onlooker onlooker, Ending ending) throws ObserveException {
        if (!onlooker.started()) {
            throw new ObserveException(notStarted(ending));
        }
        return ending;
    }

    /** What is to be done while the launcher stands still. */
    private interface AtStop {
        void take(int pid) throws IOException;
    }

    private int start(boolean traced, List<String> options, AtStop stop) throws IOException {
        if (!traced && confinement != null) {
            throw new ObserveException("ptrace is refused here, and a sandboxed program is not watched without it");
        }
        int child = spawn(traced, options);
        int pid = child;
        try {
            if (confinement == null) {
                awaitStop(child);
            } else {
                pid = new ConfinedStart(child, terminal).await();
            }
            stop.take(pid);
            Processes.kill(pid, Signal.SIGCONT);
        } catch (IOException e) {
            Processes.kill(child, Signal.SIGKILL);
            new Waiter().waitFor(child);
            throw e;
        }
        return pid;
    }

    private int spawn(boolean traced, List<String> options) throws IOException {
        List<String> command = command(traced, options);
        Map<Integer, Integer> handed = Map.of();
        Map<String, String> environment = environment();
        if (confinement != null) {
            command =
                    confinement.confine(new Confinement.Command(command, launch.directory(), environment, null, false));
            environment = Map.of();
            handed = probe == null ? Map.of() : Map.of(HANDED_PROBE, probe.descriptor());
        }
        List<String> variables = environment.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
        int slave = terminal.openForProgram();
        try {
            return Processes.spawn(command.get(0), command, variables, slave, handed);
        } finally {
            terminal.closeHanded(slave);
        }
    }

    private List<String> command(boolean traced, List<String> options) throws NativeException {
        Limits limits = launch.limits();
        List<String> command = new ArrayList<>(List.of(
                parts.launcher().toString(),
                "parent",
                confinement == null ? String.valueOf(ProcessHandle.current().pid()) : "0",
                "data",
                String.valueOf(limits.memoryBytes()),
                "filter",
                traced ? "1" : "0",
                "aslr",
                launch.randomised() ? "1" : "0",
                "directory",
                launch.directory().toString()));
        command.addAll(options);
        if (probe != null) {
            command.addAll(List.of("env", "LD_PRELOAD=" + preload(), "env", "BRKMAP_PROBE=" + probePath(probe)));
            if (confinement != null) {
                command.addAll(List.of("keep", String.valueOf(HANDED_PROBE)));
            }
        }
        command.addAll(List.of("--", executable));
        command.addAll(launch.command());
        return command;
    }

    /** In a sandbox this process's files cannot be reached: there the probe finds its memory among its own. */
    private String probePath(ProbeMemory memory) {
        return confinement == null ? memory.path() : "/proc/self/fd/" + HANDED_PROBE;
    }

    /** Our probe comes first, so that it sees the calls before another preloaded library does. */
    private String preload() throws NativeException {
        String ours = LibraryPaths.forPreload(parts.probe().toString());
        String other = launch.environment().get("LD_PRELOAD");
        return other == null ? ours : ours + ":" + other;
    }

    /** Little is inherited: what a shell's user would have changes addresses and thresholds, and must not change a lab. */
    private Map<String, String> environment() {
        Map<String, String> variables = new TreeMap<>();
        Map<String, String> own = System.getenv();
        variables.put("PATH", own.getOrDefault("PATH", DEFAULT_PATH));
        variables.put("HOME", own.getOrDefault("HOME", "/"));
        variables.put("LANG", "C.UTF-8");
        variables.put("TERM", "dumb");
        variables.putAll(launch.environment());
        if (probe != null) {
            variables.remove("LD_PRELOAD");
        }
        return variables;
    }

    private void awaitStop(int pid) throws IOException {
        Waiter waiter = new Waiter();
        waiter.waitFor(pid);
        int status = waiter.status();
        if (WaitStatus.exited(status)) {
            throw new ObserveException(launcherFailed(WaitStatus.exitCode(status)));
        }
        if (!WaitStatus.stopped(status)) {
            throw new ObserveException("the launcher was ended by " + Signal.nameOf(WaitStatus.killingSignal(status))
                    + " before it could start " + executable);
        }
    }

    private void seize(int pid) throws NativeException, TracingRefused {
        try {
            tracees.ptrace.seize(pid);
        } catch (NativeException e) {
            if (e.errno() == Errno.EPERM || e.errno() == Errno.ENOSYS || e.errno() == Errno.EACCES) {
                throw new TracingRefused(String.valueOf(e.getMessage()), e);
            }
            throw e;
        }
    }

    private String notStarted(Ending ending) {
        Integer code = ending.code();
        if (code == null) {
            return "could not run " + executable + ": the launcher " + ending.describe();
        }
        return code >= FIRST_FAILURE
                ? launcherFailed(code)
                : "could not run " + executable + ": " + Errno.text(code)
                        + ". Is it a program for this machine, or a script with a first line that names its interpreter?";
    }

    private String launcherFailed(int code) {
        int index = code - FIRST_FAILURE;
        String why = index >= 0 && index < FAILURES.size() ? FAILURES.get(index) : "exit status " + code;
        return "could not launch " + executable + ": " + why;
    }
}
