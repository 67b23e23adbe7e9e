package org.brkmap.observe;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The system calls the filter stops at (src/main/c/syscall_filter.h), with their numbers on x86-64 and aarch64. */
enum SystemCall {
    BRK(Kind.MEMORY, 12, 214),
    MMAP(Kind.MEMORY, 9, 222),
    MUNMAP(Kind.MEMORY, 11, 215),
    MREMAP(Kind.MEMORY, 25, 216),
    MPROTECT(Kind.MEMORY, 10, 226),
    PKEY_MPROTECT(Kind.MEMORY, 329, 288),
    MADVISE(Kind.MEMORY, 28, 233),
    MLOCK(Kind.MEMORY, 149, 228),
    MLOCK2(Kind.MEMORY, 325, 284),
    MUNLOCK(Kind.MEMORY, 150, 229),
    MLOCKALL(Kind.MEMORY, 151, 230),
    MUNLOCKALL(Kind.MEMORY, 152, 231),
    REMAP_FILE_PAGES(Kind.MEMORY, 216, 234),
    USERFAULTFD(Kind.MEMORY, 323, 282),
    MSEAL(Kind.MEMORY, 462, 462),
    MAP_SHADOW_STACK(Kind.MEMORY, 453, 453),
    SHMAT(Kind.MEMORY, 30, 196),
    SHMDT(Kind.MEMORY, 67, 197),
    PRCTL(Kind.MEMORY, 157, 167),

    FORK(Kind.FORK, 57, -1),
    VFORK(Kind.FORK, 58, -1),
    CLONE(Kind.FORK, 56, 220),
    /** The filter answers it with ENOSYS; only guests make it. */
    CLONE3(Kind.FORK, 435, 435),
    EXECVE(Kind.EXEC, 59, 221),
    EXECVEAT(Kind.EXEC, 322, 281),
    EXIT(Kind.THREAD_EXIT, 60, 93),
    EXIT_GROUP(Kind.EXIT, 231, 94),

    READ(Kind.READ, 0, 63),
    READV(Kind.READ, 19, 65),
    SELECT(Kind.SELECT, 23, -1),
    PSELECT6(Kind.SELECT, 270, 72),
    POLL(Kind.POLL, 7, -1),
    PPOLL(Kind.POLL, 271, 73),
    EPOLL_WAIT(Kind.EPOLL, 232, -1),
    EPOLL_PWAIT(Kind.EPOLL, 281, 22),
    EPOLL_PWAIT2(Kind.EPOLL, 441, 441),
    NANOSLEEP(Kind.SLEEP, 35, 101),
    CLOCK_NANOSLEEP(Kind.SLEEP, 230, 115),
    PAUSE(Kind.PAUSE, 34, -1),
    ALARM(Kind.TIMER, 37, -1),
    SETITIMER(Kind.TIMER, 38, 103),
    TIMER_SETTIME(Kind.TIMER, 223, 110),
    WRITE(Kind.MARKER, 1, 64),
    SENDFILE(Kind.COPY, 40, 71),
    COPY_FILE_RANGE(Kind.COPY, 326, 285),
    SPLICE(Kind.COPY, 275, 76),
    IO_URING_SETUP(Kind.COPY, 425, 425),

    /** Not stopped at, but threads are found waiting in them; named for people. */
    FUTEX(Kind.OTHER, 202, 98),
    WAIT4(Kind.OTHER, 61, 260),
    WAITID(Kind.OTHER, 247, 95),
    RT_SIGSUSPEND(Kind.OTHER, 130, 133),
    RT_SIGTIMEDWAIT(Kind.OTHER, 128, 137),
    RESTART_SYSCALL(Kind.OTHER, 219, 128),
    ACCEPT(Kind.OTHER, 43, 202),
    RECVFROM(Kind.OTHER, 45, 207),
    RECVMSG(Kind.OTHER, 47, 212),
    FLOCK(Kind.OTHER, 73, 32),
    FCNTL(Kind.OTHER, 72, 25);

    /** What the tracer does at a call. */
    enum Kind {
        MEMORY,
        FORK,
        EXEC,
        THREAD_EXIT,
        EXIT,
        READ,
        SELECT,
        POLL,
        EPOLL,
        SLEEP,
        PAUSE,
        TIMER,
        MARKER,
        COPY,
        OTHER
    }

    private static final @Nullable SystemCall[] BY_NUMBER = new SystemCall[512];

    static {
        for (SystemCall call : values()) {
            if (call.number() >= 0) {
                BY_NUMBER[call.number()] = call;
            }
        }
    }

    private final Kind kind;
    private final int x86;
    private final int arm;

    SystemCall(Kind kind, int x86, int arm) {
        this.kind = kind;
        this.x86 = x86;
        this.arm = arm;
    }

    static @Nullable SystemCall of(long number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[(int) number] : null;
    }

    /** The call's name, or its number for one that is not listed. */
    static String nameOf(long number) {
        SystemCall call = of(number);
        return call == null ? "system call " + number : call.title();
    }

    /** The call's number on this machine, or −1 if it has none here. */
    int number() {
        return Architecture.NATIVE == Architecture.X86_64 ? x86 : arm;
    }

    Kind kind() {
        return kind;
    }

    /** The name as in syscalls(2). */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
