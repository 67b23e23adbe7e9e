package org.brkmap.procfs;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code /proc/PID/stat} (proc_pid_stat(5)), as far as memory and lifetime are concerned. Addresses are null where the kernel does
 * not say: it prints 0 or 1 for them to those who may not trace the process, and for threads of its own. Immutable.
 *
 * @param command the first 15 bytes of the program's name, or what it calls itself; may hold blanks, parentheses and newlines
 * @param state R running, S sleeping, D waiting in the kernel, T stopped, t stopped by a tracer, Z ended but not waited for, X dead
 * @param flags the kernel's PF_ flags
 * @param startTime when it started, in clock ticks since boot: with the pid it names a process for good
 * @param virtualSize in bytes
 * @param residentPages in pages
 */
public record ProcStat(
        int pid,
        String command,
        char state,
        int parent,
        int processGroup,
        int session,
        int terminal,
        long flags,
        long minorFaults,
        long majorFaults,
        long userTicks,
        long systemTicks,
        int threads,
        long startTime,
        long virtualSize,
        long residentPages,
        @Nullable Long startCode,
        @Nullable Long endCode,
        @Nullable Long startStack,
        @Nullable Long startData,
        @Nullable Long endData,
        @Nullable Long startBrk,
        @Nullable Long argStart,
        @Nullable Long argEnd,
        @Nullable Long envStart,
        @Nullable Long envEnd) {

    private static final long PF_EXITING = 0x4;
    private static final long PF_KTHREAD = 0x200000;
    private static final int FIRST_NUMBER = 4;
    private static final int LAST_NUMBER = 51;

    /** Whether it has ended or is about to: its address space may be gone. */
    public boolean isEnding() {
        return state == 'Z' || state == 'X' || state == 'x' || (flags & PF_EXITING) != 0;
    }

    /** Whether it is stopped, by a signal or by a tracer. */
    public boolean isStopped() {
        return state == 'T' || state == 't';
    }

    /** Whether it is a thread of the kernel's own, which has no address space. */
    public boolean isKernelThread() {
        return (flags & PF_KTHREAD) != 0;
    }

    static ProcStat parse(InputStream in, String source) throws IOException {
        Rows rows = new Rows(in, source);
        rows.all();
        int pid = (int) rows.decimal();
        rows.expect(' ');
        rows.expect('(');
        int name = rows.column();
        rows.seekPastLast(')');
        int afterName = rows.column();
        rows.seek(afterName - 1);
        String command = rows.since(name);
        rows.seek(afterName);
        rows.expect(' ');
        char state = (char) rows.take();
        long[] field = new long[LAST_NUMBER + 1];
        int last = FIRST_NUMBER - 1;
        while (!rows.atEnd() && last < LAST_NUMBER) {
            rows.expect(' ');
            field[++last] = rows.signed();
        }
        if (last < LAST_NUMBER) {
            throw rows.malformed(LAST_NUMBER + " fields, not " + last);
        }
        return new ProcStat(
                pid,
                command,
                state,
                (int) field[4],
                (int) field[5],
                (int) field[6],
                (int) field[7],
                field[9],
                field[10],
                field[12],
                field[14],
                field[15],
                (int) field[20],
                field[22],
                field[23],
                field[24],
                address(field[26]),
                address(field[27]),
                address(field[28]),
                address(field[45]),
                address(field[46]),
                address(field[47]),
                address(field[48]),
                address(field[49]),
                address(field[50]),
                address(field[51]));
    }

    private static @Nullable Long address(long value) {
        return value == 0 || value == 1 ? null : Long.valueOf(value);
    }
}
