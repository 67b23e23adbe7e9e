package org.brkmap.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One system call that concerns memory or the life of a process, seen from entry to exit by the tracer. Events of one
 * address space never overlap in time. Immutable.
 *
 * @param seq number of the event in its run, from 0, in order of entry
 * @param pid process (thread group) that made the call
 * @param tid thread that made the call
 * @param nanos time of entry since the launch, in nanoseconds
 * @param call the system call's name as in syscalls(2)
 * @param args its six raw arguments
 * @param result the raw result: an address, a length, 0; meaningless while {@code errno} is not null
 * @param errno the error number, or null if the call succeeded; EINTR also for a call that a signal cut off for good
 * @param instruction address of the instruction after the call, by which its maker is known
 * @param file the path behind the descriptor of a file mapping, or null
 * @param extent length in bytes of a mapping whose size its arguments do not tell (shmat), or null
 * @param origin whose code made the call; {@link Origin#UNKNOWN} until analysed
 * @param cause the call of the C library behind it, or null where no probe was there to see it
 */
public record MemoryEvent(
        long seq,
        int pid,
        int tid,
        long nanos,
        String call,
        List<Long> args,
        long result,
        @Nullable Integer errno,
        long instruction,
        @Nullable String file,
        @Nullable Long extent,
        Origin origin,
        @Nullable UserCall cause) {

    public MemoryEvent {
        args = List.copyOf(args);
    }

    public boolean succeeded() {
        return errno == null;
    }

    /** The argument of this index, from 0. */
    public long arg(int index) {
        return args.get(index);
    }

    public MemoryEvent withOrigin(Origin newOrigin, @Nullable UserCall newCause) {
        return new MemoryEvent(
                seq, pid, tid, nanos, call, args, result, errno, instruction, file, extent, newOrigin, newCause);
    }
}
