package org.brkmap.observe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import org.brkmap.libc.Ptrace;
import org.brkmap.libc.RemoteMemory;
import org.brkmap.libc.SystemFacts;
import org.brkmap.procfs.CurrentCall;
import org.brkmap.procfs.ProcFs;

/** Tells whether a call that a task is about to make is a wait for its terminal, or a long sleep. Reads only; decides nothing. */
final class Waits {
    private static final long LONG_NANOS = 1_000_000_000L;
    private static final int POLLIN = 1;
    private static final int POLLFD_BYTES = 8;
    private static final int MOST_POLLED = 512;
    private static final long ABSOLUTE = 1; // TIMER_ABSTIME

    private final ProcFs proc;
    private final RemoteMemory memory;
    private final String terminalName;

    Waits(ProcFs proc, RemoteMemory memory, String terminalName) {
        this.proc = proc;
        this.memory = memory;
        this.terminalName = terminalName;
    }

    /** The arguments of a call, by index. */
    interface Arguments {
        long get(int index);
    }

    /** Whether the call, described by the ptrace info just read, waits for a key on the terminal. */
    boolean forTerminal(SystemCall call, Task task, Ptrace info) {
        return forTerminal(call, task, info::infoArgument);
    }

    /** Whether a call with these arguments waits for a key on the terminal. */
    boolean forTerminal(SystemCall call, Task task, Arguments args) {
        return switch (call.kind()) {
            case READ -> args.get(2) != 0 && isTerminal(task, (int) args.get(0));
            case POLL -> waitsLong(call, task, args) && polls(task, args.get(0), args.get(1));
            case SELECT -> waitsLong(call, task, args) && selects(task, (int) args.get(0), args.get(1));
            case EPOLL -> waitsLong(call, task, args) && epolls(task, (int) args.get(0));
            default -> false;
        };
    }

    private boolean waitsLong(SystemCall call, Task task, Arguments args) {
        return switch (call) {
            case POLL -> isLong((int) args.get(2));
            case PPOLL -> isLongTime(task, args.get(2), 1);
            case SELECT -> isLongTime(task, args.get(4), 1000);
            case PSELECT6 -> isLongTime(task, args.get(4), 1);
            case EPOLL_WAIT, EPOLL_PWAIT -> isLong((int) args.get(3));
            case EPOLL_PWAIT2 -> isLongTime(task, args.get(3), 1);
            default -> false;
        };
    }

    private static boolean isLong(int milliseconds) {
        return milliseconds < 0 || milliseconds >= LONG_NANOS / 1_000_000;
    }

    /** A struct timespec or timeval: seconds, then a fraction; no address means for ever. */
    private boolean isLongTime(Task task, long address, long nanosPerUnit) {
        if (address == 0) {
            return true;
        }
        ByteBuffer time = read(task, address, 16);
        return time.limit() == 16 && (time.getLong(0) > 0 || time.getLong(8) * nanosPerUnit >= LONG_NANOS);
    }

    /** Whether a sleep lasts a second or more from now. */
    boolean isLongSleep(SystemCall call, Task task, Ptrace info) {
        boolean clock = call == SystemCall.CLOCK_NANOSLEEP;
        ByteBuffer time = memory.read(task.tid, info.infoArgument(clock ? 2 : 0), 16);
        if (time.limit() != 16) {
            return false;
        }
        return isAbsolute(call, info)
                ? isFarOff((int) info.infoArgument(0), time.getLong(0), time.getLong(8))
                : time.getLong(0) >= 1;
    }

    private static boolean isFarOff(int clock, long seconds, long nanos) {
        if (clock < 0 || seconds > Long.MAX_VALUE / LONG_NANOS - 1) {
            return clock >= 0; // a negative one counts some process's own time: it says nothing of ours
        }
        OptionalLong now = SystemFacts.clockNanos(clock);
        return now.isPresent() && seconds * LONG_NANOS + nanos - now.getAsLong() >= LONG_NANOS;
    }

    /** Whether a sleep ends at a time, which skipping it would not bring nearer. */
    static boolean isAbsolute(SystemCall call, Ptrace info) {
        return call == SystemCall.CLOCK_NANOSLEEP && (info.infoArgument(1) & ABSOLUTE) != 0;
    }

    /** Whether a task that runs freely is asleep in a call that time alone does not end. */
    boolean areEndless(Task task) {
        try {
            if (proc.stat(task.tid).state() != 'S') {
                return false;
            }
            CurrentCall now = proc.syscall(task.pid, task.tid);
            Long number = now.number();
            SystemCall call = number == null ? null : SystemCall.of(number);
            return call == null || now.arguments().size() < 6 || !endsByTime(call, now.arguments());
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean endsByTime(SystemCall call, List<Long> arguments) {
        return switch (call) {
            case NANOSLEEP, CLOCK_NANOSLEEP, RESTART_SYSCALL -> true;
            case POLL -> arguments.get(2).intValue() >= 0;
            case EPOLL_WAIT, EPOLL_PWAIT -> arguments.get(3).intValue() >= 0;
            case PPOLL, RT_SIGTIMEDWAIT -> arguments.get(2) != 0;
            case FUTEX, EPOLL_PWAIT2 -> arguments.get(3) != 0;
            case SELECT, PSELECT6 -> arguments.get(4) != 0;
            default -> false;
        };
    }

    /** Another process's memory by process_vm_readv(2), or where that is refused by its file in /proc. */
    private ByteBuffer read(Task task, long address, long length) {
        ByteBuffer found = memory.read(task.tid, address, length);
        if (found.limit() > 0 || length <= 0) {
            return found;
        }
        byte[] bytes = new byte[(int) length];
        try {
            int count = proc.readMemory(task.tid, address, bytes);
            return ByteBuffer.wrap(bytes, 0, count).order(found.order());
        } catch (IOException e) {
            return found;
        }
    }

    private boolean polls(Task task, long address, long count) {
        ByteBuffer entries = read(task, address, Math.min(count, MOST_POLLED) * POLLFD_BYTES);
        for (int at = 0; at + POLLFD_BYTES <= entries.limit(); at += POLLFD_BYTES) {
            boolean input = (entries.getShort(at + 4) & POLLIN) != 0;
            int fd = entries.getInt(at);
            if (input && fd >= 0 && isTerminal(task, fd)) {
                return true;
            }
        }
        return false;
    }

    private boolean selects(Task task, int count, long address) {
        if (address == 0 || count <= 0) {
            return false;
        }
        ByteBuffer set = read(task, address, (Math.min(count, 1024) + 63L) / 64 * 8);
        byte[] bits = new byte[set.limit()];
        set.get(0, bits);
        for (int fd = 0; fd < count && fd < bits.length * 8; fd++) {
            if ((bits[fd / 8] >> fd % 8 & 1) != 0 && isTerminal(task, fd)) {
                return true;
            }
        }
        return false;
    }

    private boolean epolls(Task task, int epoll) {
        try {
            List<Integer> watched = proc.epollTargets(task.tid, epoll);
            return watched.stream().anyMatch(fd -> isTerminal(task, fd));
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a descriptor of the task leads to the terminal it was given: by what it is, not by its number. */
    private boolean isTerminal(Task task, int fd) {
        try {
            String target = proc.fileBehind(task.tid, fd).orElse("");
            return target.equals(terminalName) || target.equals("/dev/tty");
        } catch (IOException e) {
            return false;
        }
    }
}
