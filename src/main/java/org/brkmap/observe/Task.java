package org.brkmap.observe;

import org.jspecify.annotations.Nullable;

/** One traced thread, as the tracer keeps it. */
final class Task {
    final int tid;
    int pid;
    AddressSpace space;

    /** In a ptrace stop, waiting for us; it makes no step until we resume it. */
    boolean stopped;

    /** In a group-stop that it keeps until SIGCONT. */
    boolean listening;

    /** It was in one until the report before us. */
    boolean wasListening;

    /** Its vforked child has its memory; it cannot stop before that ends. */
    boolean lentToChild;

    /** Let into a pause, from which only a signal brings it back, and that would be reported first. */
    boolean pausing;

    /** Past its last stop: it makes no step of the program's any more, and reports nothing but its end. */
    boolean exiting;

    /** Its process is being killed: it may end without another stop, and a first thread without a word of its end yet. */
    boolean doomed;

    /** The event between whose entry and exit it is, or −1. */
    long event = -1;

    /** The wait it last entered, and whether we interrupted it there: it then comes again, and is the same wait. */
    long waitNumber = -1;

    long waitInstruction;
    boolean waitInterrupted;

    /** The last fatal signal it was sent, by number and in words, and where: for the crash it may lead to. */
    int faultSignal;

    @Nullable String fault;

    long faultInstruction;
    long faultStack;

    Task(int tid, int pid, AddressSpace space) {
        this.tid = tid;
        this.pid = pid;
        this.space = space;
    }

    /** The thread goes on as the only one of another program. */
    void becomeOtherProgram(AddressSpace newSpace) {
        space = newSpace;
        event = -1;
        exiting = false;
        doomed = false;
        waitNumber = -1;
    }

    void enterWait(long number, long instruction) {
        waitNumber = number;
        waitInstruction = instruction;
        waitInterrupted = false;
    }

    /** Whether the wait it enters now is the one we interrupted, which comes again once. */
    boolean resumesWait(long number, long instruction) {
        boolean same = waitInterrupted && waitNumber == number && waitInstruction == instruction;
        waitInterrupted = false;
        return same;
    }
}
