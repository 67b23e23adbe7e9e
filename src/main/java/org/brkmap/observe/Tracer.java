package org.brkmap.observe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.brkmap.libc.Ptrace;
import org.brkmap.libc.RemoteMemory;
import org.brkmap.libc.Signal;
import org.brkmap.libc.WaitStatus;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Backing;
import org.brkmap.model.CallSite;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Ending;
import org.brkmap.model.Limits;
import org.brkmap.model.Mapping;
import org.brkmap.observe.SystemCall.Kind;
import org.brkmap.observe.Tracees.Report;
import org.brkmap.procfs.ProcFs;
import org.jspecify.annotations.Nullable;

/**
 * Follows the target from its launch to its end: the loop that every stop of every thread goes through. One thread makes all
 * of it, from start to end; the kernel ties a tracee to the thread that seized it.
 */
final class Tracer {
    private static final int LABEL_BYTES = 256;
    private static final int MOST_SNAPSHOTS = 10_000;

    private final Tracees tracees;
    private final Checkpoints checkpoints;
    private final EventLog log;
    private final @Nullable ProbeMemory probe;
    private final ProcFs proc;
    private final Terminal terminal;
    private final Keyboard keyboard;
    private final Waits waits;
    private final RemoteMemory memory = new RemoteMemory();
    private final Limits limits;
    private final StopRequest stop;
    private final Ptrace ptrace;
    private final List<String> notes = new ArrayList<>();

    private int root;
    private boolean started;
    private boolean killing;
    private boolean timersUsed;
    private @Nullable Ending ending;
    private @Nullable String endedBy;
    private @Nullable String detail;
    private @Nullable CallSite where;

    Tracer(
            Tracees tracees,
            Checkpoints checkpoints,
            EventLog log,
            @Nullable ProbeMemory probe,
            ProcFs proc,
            Terminal terminal,
            Keyboard keyboard,
            Limits limits,
            StopRequest stop) {
        this.tracees = tracees;
        this.checkpoints = checkpoints;
        this.log = log;
        this.probe = probe;
        this.proc = proc;
        this.terminal = terminal;
        this.keyboard = keyboard;
        this.limits = limits;
        this.stop = stop;
        this.ptrace = tracees.ptrace;
        this.waits = new Waits(proc, memory, terminal.slaveName());
    }

    /** Follows the process, seized already, until nothing of it is left. */
    Ending follow(int pid) throws IOException {
        root = pid;
        tracees.add(new Task(pid, pid, new AddressSpace(pid)));
        try {
            Report report;
            while ((report = tracees.next()) != null) {
                handle(report);
                String reason = stop.reason();
                if (reason != null && !killing) {
                    endRun(reason);
                }
            }
        } finally {
            tracees.killAll();
        }
        if (ending == null) {
            throw new ObserveException("the observed program vanished without an end that the kernel reported");
        }
        return ending;
    }

    /** Whether the target's own program was ever executed. */
    boolean started() {
        return started;
    }

    List<String> notes() {
        return notes;
    }

    private void handle(Report report) throws IOException {
        Task task = report.task();
        int status = report.status();
        if (!WaitStatus.stopped(status)) {
            ended(report);
        } else if (killing) {
            tracees.resume(task, 0);
        } else {
            switch (WaitStatus.event(status)) {
                case Ptrace.EVENT_SECCOMP -> entered(task);
                case Ptrace.EVENT_FORK, Ptrace.EVENT_VFORK, Ptrace.EVENT_CLONE ->
                    forked(task, WaitStatus.event(status) == Ptrace.EVENT_VFORK);
                case Ptrace.EVENT_EXEC -> executed(task);
                case Ptrace.EVENT_EXIT -> exiting(task);
                case Ptrace.EVENT_STOP -> halted(task, WaitStatus.stopSignal(status));
                default -> {
                    if (WaitStatus.stopSignal(status) == (Signal.SIGTRAP.number() | Ptrace.SYSCALL_STOP)) {
                        left(task);
                    } else {
                        signalled(task, WaitStatus.stopSignal(status));
                    }
                }
            }
        }
    }

    // ---- system calls ----

    private void entered(Task task) throws IOException {
        if (!ptrace.syscallInfo(task.tid) || ptrace.infoKind() != Ptrace.AT_SECCOMP) {
            tracees.resume(task, 0);
            return;
        }
        SystemCall call = SystemCall.of(ptrace.infoNumber());
        if (ptrace.infoArchitecture() != Architecture.NATIVE.audit() || call == null) {
            endRun("it made a system call of another architecture, which cannot be followed; build it for this one");
            return;
        }
        if (!started && call.kind() != Kind.EXEC) {
            tracees.resume(task, 0);
            return;
        }
        switch (call.kind()) {
            case MEMORY, FORK, EXEC -> enterMemoryCall(task, call);
            case EXIT, THREAD_EXIT -> {
                boolean endsProcess =
                        call.kind() == Kind.EXIT || tracees.livingOf(task.pid).size() == 1;
                if (endsProcess && task.space.pid == task.pid && !task.space.exitSeen) {
                    checkpoint(CheckpointKind.EXIT, "exit", task);
                    task.space.exitSeen = true;
                    ptrace.syscallInfo(task.tid);
                }
                begin(task, call);
                tracees.resume(task, 0);
            }
            case MARKER -> {
                checkpoint(CheckpointKind.MARKER, label(task, ptrace.infoArgument(1), ptrace.infoArgument(2)), task);
                tracees.resume(task, 0);
            }
            case READ, SELECT, POLL, EPOLL -> enterTerminalWait(task, call);
            case SLEEP -> enterSleep(task, call);
            case PAUSE -> enterPause(task);
            default -> {
                timersUsed = timersUsed || call.kind() == Kind.TIMER;
                tracees.resume(task, 0);
            }
        }
    }

    private void enterMemoryCall(Task task, SystemCall call) {
        if (!task.space.take(task)) {
            return;
        }
        if (started) {
            task.event = begin(task, call);
        }
        tracees.resumeToSyscallExit(task);
    }

    /** Notes the call that the ptrace info describes, with the call of the C library behind it. */
    private int begin(Task task, SystemCall call) {
        long instruction = ptrace.infoInstruction();
        int event = log.begin(task, call, instruction);
        for (int i = 0; i < 6; i++) {
            log.argument(event, i, ptrace.infoArgument(i));
        }
        if (probe != null) {
            AddressRange loader = task.space.loader;
            probe.nameCause(log, event, task.tid, loader != null && loader.contains(instruction));
            probe.eventsBegun(log.size());
        }
        return event;
    }

    private void left(Task task) throws IOException {
        complete(task);
        release(task.space.release(task));
        tracees.resume(task, 0);
    }

    /** Notes how the task's call ended; it stands at the end of it. */
    private void complete(Task task) {
        if (task.event < 0 || !ptrace.syscallInfo(task.tid) || ptrace.infoKind() != Ptrace.AT_EXIT) {
            return;
        }
        int event = (int) task.event;
        task.event = -1;
        boolean failed = ptrace.infoFailed();
        long result = ptrace.infoResult();
        log.end(event, result, failed);
        if (failed) {
            return;
        }
        SystemCall call = log.call(event);
        int fd = (int) log.argument(event, 4);
        boolean anonymous = (log.argument(event, 3) & 0x20) != 0;
        if (call == SystemCall.MMAP && !anonymous && fd >= 0) {
            try {
                proc.fileBehind(task.tid, fd).ifPresent(path -> log.file(event, path));
            } catch (IOException e) {
                notes.add("the file behind a mapping is n/a: " + e.getMessage());
            }
        } else if (call == SystemCall.SHMAT) {
            mappingAt(task, result).ifPresent(mapping -> {
                log.extent(event, mapping.range().end() - result);
                log.file(event, mapping.backing().name());
            });
        }
    }

    private Optional<Mapping> mappingAt(Task task, long address) {
        try {
            return proc.mappingAt(task.tid, address);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void release(@Nullable Task next) throws IOException {
        if (next != null) {
            entered(next);
        }
    }

    // ---- waits ----

    private void enterTerminalWait(Task task, SystemCall call) throws IOException {
        long instruction = ptrace.infoInstruction();
        long number = ptrace.infoNumber();
        boolean isRead = call.kind() == Kind.READ;
        boolean unanswered = !task.resumesWait(number, instruction)
                && this.waits.forTerminal(call, task, ptrace)
                && !keyboard.hasTyped(isRead);
        if (unanswered) {
            task.enterWait(number, instruction);
            checkpoint(CheckpointKind.INPUT, labelOfOutput("input"), task);
            switch (keyboard.answer(log.size(), isRead)) {
                case TYPED -> {}
                case HANG_UP -> hangUp(keyboard.reason());
                case KILL -> {
                    endRun(keyboard.reason());
                    return;
                }
            }
        }
        tracees.resume(task, 0);
    }

    private void enterSleep(Task task, SystemCall call) throws IOException {
        if (!waits.isLongSleep(call, task, ptrace)) {
            tracees.resume(task, 0);
            return;
        }
        boolean skippable = !Waits.isAbsolute(call, ptrace) && othersAreBlocked(task);
        checkpoint(CheckpointKind.SLEEP, labelOfOutput("sleep"), task);
        switch (keyboard.slept(log.size())) {
            case TYPED -> {}
            case HANG_UP -> hangUp(keyboard.reason());
            case KILL -> {
                endRun(keyboard.reason());
                return;
            }
        }
        if (skippable) {
            // After a hang-up too: a program that ignores it is to come to its next wait, and be ended there.
            Architecture.NATIVE.skipCall(ptrace, task.tid, 0);
        }
        tracees.resume(task, 0);
    }

    private void enterPause(Task task) throws IOException {
        long instruction = ptrace.infoInstruction();
        long number = ptrace.infoNumber();
        if (!task.resumesWait(number, instruction)) {
            boolean nothingElseRuns = othersAreBlocked(task) && !timersUsed;
            task.enterWait(number, instruction);
            checkpoint(CheckpointKind.PAUSE, labelOfOutput("pause"), task);
            Keyboard.Answer answer = Keyboard.Answer.TYPED;
            if (nothingElseRuns) {
                answer = keyboard.paused();
            } else if (timersUsed) {
                answer = keyboard.slept(log.size());
            }
            switch (answer) {
                case TYPED -> {}
                case HANG_UP -> hangUp(keyboard.reason());
                case KILL -> {
                    endRun(keyboard.reason());
                    return;
                }
            }
        }
        tracees.resume(task, 0);
    }

    private void hangUp(String reason) {
        endedBy = reason;
        tracees.signalAll(Signal.SIGHUP);
    }

    private boolean othersAreBlocked(Task self) {
        for (Task task : tracees.all()) {
            boolean moves = !task.lentToChild && !task.listening && !task.exiting;
            if (task != self && moves && (task.stopped || !waits.areEndless(task))) {
                return false;
            }
        }
        return true;
    }

    // ---- checkpoints ----

    private void checkpoint(CheckpointKind kind, String label, Task task) throws IOException {
        tracees.stopAll(this::endedMeanwhile, this::stoppedMeanwhile);
        if (kind != CheckpointKind.EXEC) {
            terminal.drain(log.size());
        }
        String name = label;
        if (kind == CheckpointKind.INPUT || kind == CheckpointKind.SLEEP || kind == CheckpointKind.PAUSE) {
            name = labelOfOutput(label);
        }
        checkpoints.take(kind, name, task);
        if (checkpoints.snapshots().size() > MOST_SNAPSHOTS) {
            stop.ask("limit of " + MOST_SNAPSHOTS + " checkpoints");
        }
    }

    private String labelOfOutput(String otherwise) {
        return terminal.lastLine().isEmpty() ? otherwise : terminal.lastLine();
    }

    private void stoppedMeanwhile(Report report) {
        boolean atCallExit = WaitStatus.event(report.status()) == 0
                && WaitStatus.stopSignal(report.status()) == (Signal.SIGTRAP.number() | Ptrace.SYSCALL_STOP);
        if (atCallExit) {
            complete(report.task());
        } else if (WaitStatus.event(report.status()) == Ptrace.EVENT_EXIT) {
            doomIfKilled(report.task(), (int) ptrace.eventMessage(report.task().tid));
        }
    }

    private void endedMeanwhile(Report report) {
        ended(report);
    }

    private String label(Task task, long address, long length) {
        ByteBuffer bytes = memory.read(task.tid, address, Math.min(Math.max(0, length), LABEL_BYTES));
        String label = StandardCharsets.UTF_8.decode(bytes).toString().strip();
        return label.isEmpty() ? "checkpoint" : label;
    }

    // ---- life of processes ----

    private void forked(Task parent, boolean lendsMemory) throws IOException {
        int tid = (int) ptrace.eventMessage(parent.tid);
        SystemCall call = parent.event < 0 ? null : log.call((int) parent.event);
        long flags = call == SystemCall.CLONE ? log.argument((int) parent.event, 0) : 0;
        boolean thread = (flags & 0x10000) != 0; // CLONE_THREAD
        boolean sharesMemory = lendsMemory || (flags & 0x100) != 0; // CLONE_VM
        if (parent.event >= 0) {
            log.end((int) parent.event, tid, false);
            parent.event = -1;
        }
        int pid = thread ? parent.pid : tid;
        AddressSpace space = parent.space;
        if (!sharesMemory) {
            space = new AddressSpace(pid);
            space.loader = parent.space.loader;
            if (probe != null) {
                probe.imageStarted(pid);
            }
        }
        tracees.add(new Task(tid, pid, space));
        release(parent.space.release(parent));
        parent.lentToChild = lendsMemory;
        tracees.resume(parent, 0);
        if (tracees.count() > limits.processes()) {
            stop.ask("limit of " + limits.processes() + " processes and threads");
        }
    }

    private void executed(Task reported) throws IOException {
        Task task = reported;
        int former = (int) ptrace.eventMessage(task.tid);
        Task caller = tracees.find(former);
        long event = caller == null ? task.event : caller.event;
        if (event >= 0) {
            log.end((int) event, 0, false);
        }
        // All other threads are gone, and the caller now bears the number of the process.
        for (Task other : tracees.ofProcess(task.pid)) {
            release(other.space.forget(other));
            if (other != task) {
                tracees.remove(other);
            }
        }
        task.event = -1;
        task.exiting = false;
        task.doomed = false;
        task.space = new AddressSpace(task.pid);
        task.waitNumber = -1;
        started = true;
        if (probe != null) {
            probe.imageStarted(task.pid);
        }
        findLoader(task);
        checkpoint(CheckpointKind.EXEC, "exec", task);
        tracees.resume(task, 0);
    }

    private void findLoader(Task task) {
        try {
            Long base = proc.layout(task.tid).loaderBase();
            if (base == null || base == 0) {
                return;
            }
            List<Mapping> mappings = proc.maps(task.tid);
            Backing file = null;
            for (Mapping mapping : mappings) {
                if (mapping.range().contains(base)) {
                    file = mapping.backing();
                }
                if (file != null && mapping.backing().sameFile(file)) {
                    task.space.loader = new AddressRange(base, mapping.range().end());
                }
            }
        } catch (IOException e) {
            notes.add("the loader's place is n/a: " + e.getMessage());
        }
    }

    private void exiting(Task task) throws IOException {
        int status = (int) ptrace.eventMessage(task.tid);
        boolean killed = status >= 0 && WaitStatus.killed(status);
        doomIfKilled(task, status);
        if (started && killed && !task.space.exitSeen && task.space.pid == task.pid) {
            String signal = Signal.nameOf(WaitStatus.killingSignal(status));
            if (task.pid == root) {
                explainCrash(WaitStatus.killingSignal(status));
            }
            checkpoint(CheckpointKind.CRASH, signal, task);
            task.space.exitSeen = true;
        }
        task.exiting = true;
        tracees.resume(task, 0);
    }

    /** A fatal signal and exit_group end all threads at once, and the kernel need not report each. */
    private void doomIfKilled(Task task, int status) {
        if (task.space.exitSeen || (status >= 0 && WaitStatus.killed(status))) {
            tracees.doom(task.pid);
        }
    }

    /** Says why and where, by the thread that got the signal: another one may be the first to report its end. */
    private void explainCrash(int signal) {
        for (Task task : tracees.ofProcess(root)) {
            if (task.fault != null && task.faultSignal == signal) {
                detail = task.fault;
                where = CallSite.at(CrashSites.find(proc, memory, probe, task));
            }
        }
    }

    private void halted(Task task, int signal) {
        boolean groupStop = signal == Signal.SIGSTOP.number()
                || signal == Signal.SIGTSTP.number()
                || signal == Signal.SIGTTIN.number()
                || signal == Signal.SIGTTOU.number();
        if (groupStop && started) {
            tracees.listen(task);
        } else {
            tracees.resume(task, 0);
        }
    }

    private void signalled(Task task, int signal) {
        boolean ourWake = signal == Signal.SIGSTOP.number() && (stop.reason() != null || !started);
        boolean ourStart = signal == Signal.SIGCONT.number() && !started;
        Faults.describe(ptrace, task, signal);
        tracees.resume(task, ourWake || ourStart ? 0 : signal);
    }

    private void ended(Report report) {
        Task task = report.task();
        int status = report.status();
        tracees.remove(task);
        Task next = task.space.forget(task);
        if (next != null) {
            try {
                entered(next);
            } catch (IOException e) {
                notes.add("a call was lost: " + e.getMessage());
            }
        }
        if (task.tid == root) {
            ending = endingOf(status);
            if (!killing) {
                killing = true;
                long left = tracees.all().stream()
                        .map(other -> other.pid)
                        .distinct()
                        .count();
                if (left > 0) {
                    notes.add("processes that it left behind were ended by the harness: " + left);
                }
                tracees.killAll();
                tracees.all().stream().filter(other -> other.stopped).forEach(other -> tracees.resume(other, 0));
            }
        }
    }

    private Ending endingOf(int status) {
        if (WaitStatus.exited(status)) {
            return new Ending(WaitStatus.exitCode(status), null, null, detail, where);
        }
        if (endedBy != null) {
            return new Ending(null, null, endedBy, detail, where);
        }
        return new Ending(null, Signal.nameOf(WaitStatus.killingSignal(status)), null, detail, where);
    }

    /** Ends the run from our side: a last look, then SIGKILL for all. */
    private void endRun(String reason) throws IOException {
        endedBy = reason;
        Task main = tracees.find(root);
        if (started && main != null) {
            detail = Faults.whatItDoes(proc, main);
            checkpoint(CheckpointKind.LIMIT, reason, main);
        }
        killing = true;
        tracees.killAll();
        tracees.all().stream().filter(task -> task.stopped).forEach(task -> tracees.resume(task, 0));
    }
}
