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

    /** Its vforked child has its memory; it cannot stop before that ends. */
    boolean lentToChild;

    /** The event between whose entry and exit it is, or −1. */
    long event = -1;

    /** The wait it last entered, and whether we interrupted it there: it then comes again, and is the same wait. */
    long waitNumber = -1;

    long waitInstruction;
    boolean waitInterrupted;

    /** The last fatal signal it was sent, in words, and the code address: for the crash it may lead to. */
    @Nullable String fault;

    long faultInstruction;

    Task(int tid, int pid, AddressSpace space) {
        this.tid = tid;
        this.pid = pid;
        this.space = space;
    }

    void enterWait(long number, long instruction) {
        waitNumber = number;
        waitInstruction = instruction;
        waitInterrupted = false;
    }

    boolean isSameWait(long number, long instruction) {
        return waitInterrupted && waitNumber == number && waitInstruction == instruction;
    }
}
