package org.brkmap.observe;

import java.io.IOException;
import org.brkmap.libc.Ptrace;
import org.brkmap.model.CheckpointKind;
import org.brkmap.observe.SystemCall.Kind;

/** Handles the entry of waits: takes a checkpoint where the program waits for somebody, and answers in that somebody's place. */
final class WaitStops {
    private final TracedRun run;
    private final Tracees tracees;
    private final Ptrace ptrace;
    private final EventLog log;
    private final Waits waits;
    private final Keyboard keyboard;
    private boolean timersUsed;

    WaitStops(TracedRun run, Tracees tracees, EventLog log, Waits waits, Keyboard keyboard) {
        this.run = run;
        this.tracees = tracees;
        this.ptrace = tracees.ptrace;
        this.log = log;
        this.waits = waits;
        this.keyboard = keyboard;
    }

    /** The program set a timer, so that a pause may end by itself. */
    void timerSet() {
        timersUsed = true;
    }

    void atTerminal(Task task, SystemCall call) throws IOException {
        long instruction = ptrace.infoInstruction();
        long number = ptrace.infoNumber();
        boolean isRead = call.kind() == Kind.READ;
        boolean unanswered = !task.resumesWait(number, instruction)
                && waits.forTerminal(call, task, ptrace)
                && !keyboard.hasTyped(isRead);
        if (unanswered) {
            task.enterWait(number, instruction);
            run.checkpointAtWait(CheckpointKind.INPUT, "input", task);
            act(task, keyboard.answer(log.size(), isRead));
        } else {
            tracees.resume(task, 0);
        }
    }

    void atSleep(Task task, SystemCall call) throws IOException {
        if (!waits.isLongSleep(call, task, ptrace)) {
            tracees.resume(task, 0);
            return;
        }
        boolean skippable = !Waits.isAbsolute(call, ptrace) && othersAreBlocked(task);
        run.checkpointAtWait(CheckpointKind.SLEEP, "sleep", task);
        Keyboard.Answer answer = keyboard.slept(log.size());
        if (answer != Keyboard.Answer.KILL && skippable) {
            // After a hang-up too: a program that ignores it is to come to its next wait, and be ended there.
            Architecture.NATIVE.skipCall(ptrace, task.tid, 0);
        }
        act(task, answer);
    }

    /** Judged anew when a pause we interrupted comes again: meanwhile the others may have gone to sleep too. */
    void atPause(Task task) throws IOException {
        long instruction = ptrace.infoInstruction();
        long number = ptrace.infoNumber();
        boolean again = task.resumesWait(number, instruction);
        boolean nothingElseRuns = othersAreBlocked(task) && !timersUsed;
        task.enterWait(number, instruction);
        if (!again) {
            run.checkpointAtWait(CheckpointKind.PAUSE, "pause", task);
        }
        if (nothingElseRuns) {
            act(task, keyboard.paused());
        } else {
            act(task, timersUsed && !again ? keyboard.slept(log.size()) : Keyboard.Answer.TYPED);
        }
        task.pausing = true;
    }

    private void act(Task task, Keyboard.Answer answer) throws IOException {
        switch (answer) {
            case TYPED -> tracees.resume(task, 0);
            case HANG_UP -> {
                run.hangUp(keyboard.reason());
                tracees.resume(task, 0);
            }
            case KILL -> run.end(keyboard.reason());
        }
    }

    private boolean othersAreBlocked(Task self) {
        for (Task task : tracees.all()) {
            boolean moves = !task.lentToChild && !task.listening && !task.exiting && !task.pausing;
            if (task != self && moves && (task.stopped || !waits.areEndless(task))) {
                return false;
            }
        }
        return true;
    }
}
