package org.brkmap.observe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.brkmap.libc.NativeException;
import org.brkmap.libc.Processes;
import org.brkmap.libc.Signal;
import org.brkmap.libc.WaitStatus;
import org.brkmap.libc.Waiter;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Ending;
import org.brkmap.model.Limits;
import org.brkmap.observe.SystemCall.Kind;
import org.brkmap.procfs.ProcFs;
import org.brkmap.procfs.ProcStat;
import org.jspecify.annotations.Nullable;

/**
 * Follows a target that may not be traced, from its launch to its end, by looking at it again and again. It sees where the
 * target waits for a key, and what its memory is then; which calls it makes stays n/a.
 */
final class Onlooker {
    /** What the launcher calls itself until it executes the program. */
    private static final String LAUNCHER = "brkmap-launch";

    private static final int LONGEST_PAUSE_MILLIS = 10;
    private static final long STOP_NANOS = 2_000_000_000L;

    private final Tracees tracees;
    private final Checkpoints checkpoints;
    private final ProcFs proc;
    private final Terminal terminal;
    private final Keyboard keyboard;
    private final TerminalWatch watch;
    private final StillReader reader;
    private final Limits limits;
    private final StopRequest stop;
    private final String mark;
    private final Waiter waiter = new Waiter();
    private final Backoff backoff = new Backoff(LONGEST_PAUSE_MILLIS);
    private final List<String> notes = new ArrayList<>();

    private int root;
    private int status;
    private boolean ended;
    private boolean started;
    private @Nullable Marks marks;
    private @Nullable String endedBy;
    private @Nullable String detail;

    Onlooker(
            Tracees tracees,
            Checkpoints checkpoints,
            ProcFs proc,
            Terminal terminal,
            Keyboard keyboard,
            TerminalWatch watch,
            Limits limits,
            StopRequest stop,
            String mark) {
        this.tracees = tracees;
        this.checkpoints = checkpoints;
        this.proc = proc;
        this.terminal = terminal;
        this.keyboard = keyboard;
        this.watch = watch;
        this.reader = new StillReader(tracees, checkpoints, terminal, watch);
        this.limits = limits;
        this.stop = stop;
        this.mark = mark;
    }

    /** What a run's processes have in their environment, so that none is lost. */
    String mark() {
        return mark;
    }

    /** Lets it hear of the target's marks, too; it closes them in the end. */
    void listen(Marks newMarks) {
        marks = newMarks;
    }

    /** Whether the target's own program was ever executed. */
    boolean started() {
        return started;
    }

    List<String> notes() {
        List<String> all = new ArrayList<>(notes);
        all.addAll(reader.notes());
        return all;
    }

    /** Follows the child, just let go by its launcher, until nothing of it is left. */
    Ending follow(int pid) throws IOException, InterruptedException {
        root = pid;
        Household household = new Household(tracees, proc, pid, mark, limits.processes());
        try {
            tracees.add(new Task(pid, pid, new AddressSpace(pid)));
            awaitExecution();
            while (!ended() && !isToEnd(household)) {
                household.refreshIfDue();
                if (tracees.count() > limits.processes()) {
                    stop.ask("limit of " + limits.processes() + " processes and threads");
                    // One by one they would multiply faster than they are stopped.
                    Processes.killGroup(root, Signal.SIGSTOP);
                }
                if ((marks != null && marks.answerOne(household)) || answerOne(household)) {
                    backoff.reset();
                } else if (marks != null) {
                    marks.await();
                } else {
                    backoff.pause();
                }
            }
        } finally {
            end(household);
        }
        return ending();
    }

    /** Ends what is left of the run, whatever happened before. */
    private void end(Household household) throws IOException, InterruptedException {
        boolean itself = ended;
        if (marks != null) {
            marks.close();
        }
        if (!ended) {
            Processes.killGroup(root, Signal.SIGKILL);
            waiter.waitFor(root);
            while (WaitStatus.stopped(waiter.status())) {
                waiter.waitFor(root);
            }
            status = waiter.status();
            ended = true;
        }
        int others = household.endOthers();
        if (others > 0 && itself) {
            notes.add("processes that it left behind were ended by the harness: " + others);
        }
    }

    /** The launcher has another name than any program: a zombie keeps it, so even the shortest life is told from none. */
    private void awaitExecution() throws IOException, InterruptedException {
        ProcStat stat = proc.stat(root);
        while (stat.command().equals(LAUNCHER) && !stat.isEnding() && stop.reason() == null) {
            backoff.pause();
            stat = proc.stat(root);
        }
        backoff.reset();
        started = !stat.command().equals(LAUNCHER);
        if (started && !stat.isEnding() && marks == null) {
            readAtStart();
        }
    }

    /** It runs already, so it is stopped for a moment, unless it waits for a key and stands still anyway. */
    private void readAtStart() throws IOException, InterruptedException {
        Task main = tracees.find(root);
        if (main == null || watch.waitOf(main) != null) {
            return;
        }
        Processes.kill(root, Signal.SIGSTOP);
        long patience = System.nanoTime() + STOP_NANOS;
        char state = proc.stat(root).state();
        while (state != 'T' && state != 'Z' && System.nanoTime() - patience < 0) {
            backoff.pause();
            state = proc.stat(root).state();
        }
        backoff.reset();
        if (state == 'T') {
            checkpoints.take(CheckpointKind.EXEC, "exec", main);
        }
        Processes.kill(root, Signal.SIGCONT);
    }

    private boolean ended() throws NativeException {
        while (!ended && waiter.poll(root) == root) {
            status = waiter.status();
            ended = !WaitStatus.stopped(status);
        }
        return ended;
    }

    /** Whether the harness ends the run; then all stand still, and are read a last time. */
    private boolean isToEnd(Household household) throws IOException, InterruptedException {
        String reason = stop.reason();
        if (reason == null) {
            return false;
        }
        endedBy = reason;
        Task main = tracees.find(root);
        if (started && main != null) {
            detail = Faults.whatItDoes(proc, main);
            household.refresh();
            awaitStillness();
            terminal.drain(0);
            checkpoints.take(CheckpointKind.LIMIT, reason, main);
        }
        return true;
    }

    /** The request to end has sent them all a SIGSTOP. */
    private void awaitStillness() throws InterruptedException {
        long patience = System.nanoTime() + STOP_NANOS;
        List<Task> all = List.copyOf(tracees.all());
        while (watch.look(all).contains(-1L) && System.nanoTime() - patience < 0) {
            backoff.pause();
        }
    }

    private boolean answerOne(Household household) throws IOException, InterruptedException {
        for (Task task : List.copyOf(tracees.all())) {
            Kind kind = watch.waitOf(task);
            if (kind != null && reader.read(household, task)) {
                answer(task, kind);
                return true;
            }
        }
        return false;
    }

    private void answer(Task task, Kind kind) throws IOException {
        watch.answering(task);
        switch (keyboard.answer(0, reader.changes(), kind == Kind.READ)) {
            case TYPED -> {}
            case HANG_UP -> {
                endedBy = keyboard.reason();
                tracees.signalAll(Signal.SIGHUP);
            }
            case KILL -> stop.ask(keyboard.reason());
        }
    }

    private Ending ending() {
        if (WaitStatus.exited(status)) {
            return new Ending(WaitStatus.exitCode(status), null, null, detail, null);
        }
        if (endedBy != null) {
            return new Ending(null, null, endedBy, detail, null);
        }
        return new Ending(null, Signal.nameOf(WaitStatus.killingSignal(status)), null, detail, null);
    }
}
