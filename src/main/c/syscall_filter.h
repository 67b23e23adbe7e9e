/*
 * The system call filter (seccomp(2)): the tracer hears of memory, of the life of processes, of waits, and of
 * copies that pass by a program's memory; everything else runs at full speed. The tracer knows the same calls by name in SystemCall.java.
 */
#ifndef BRKMAP_SYSCALL_FILTER_H
#define BRKMAP_SYSCALL_FILTER_H

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define NATIVE_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define NATIVE_ARCH AUDIT_ARCH_AARCH64
#else
#error "brkmap knows the system calls of x86-64 and aarch64 only"
#endif

/* What the tracer reads by PTRACE_GETEVENTMSG. */
enum { TRACED_CALL = 1, FOREIGN_CALL = 2 };

/* Newer than some kernel headers. */
#ifndef SYS_mseal
#define SYS_mseal 462
#endif
#ifndef SYS_epoll_pwait2
#define SYS_epoll_pwait2 441
#endif
#ifndef SYS_io_uring_setup
#define SYS_io_uring_setup 425
#endif
#ifndef SYS_clone3
#define SYS_clone3 435
#endif
#ifndef SYS_map_shadow_stack
#define SYS_map_shadow_stack 453
#endif
#ifndef SECCOMP_RET_USER_NOTIF
#define SECCOMP_RET_USER_NOTIF 0x7fc00000U
#endif
#ifndef SECCOMP_FILTER_FLAG_NEW_LISTENER
#define SECCOMP_FILTER_FLAG_NEW_LISTENER (1UL << 3)
#endif
#ifndef PR_SET_VMA
#define PR_SET_VMA 0x53564d41
#endif

#define CHECKPOINT_FD (-0x6272) /* as in sample-c/common/checkpoint.h */
#define UNTRACED_FLAG 0x00800000 /* CLONE_UNTRACED: such a child would escape the tracer */

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define LOAD_ARG(index) LOAD(args[index]) /* the low half: both architectures are little-endian */
#define RETURN(action) BPF_STMT(BPF_RET | BPF_K, (action))
#define TRACE RETURN(SECCOMP_RET_TRACE | TRACED_CALL)
#define TRACE_CALL(nr) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (nr), 0, 1), TRACE
/* For these the answer hangs on an argument: LENGTH instructions follow, and the last of them returns. */
#define WHEN_CALL(nr, length) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (nr), 0, (length))

static struct sock_filter filter_program[] = {
    LOAD(arch),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, NATIVE_ARCH, 1, 0),
    RETURN(SECCOMP_RET_TRACE | FOREIGN_CALL),
    LOAD(nr),
#if defined(__x86_64__)
    BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1), /* x32 calls have other numbers for the same things */
    RETURN(SECCOMP_RET_TRACE | FOREIGN_CALL),
#endif

    TRACE_CALL(SYS_brk),
    TRACE_CALL(SYS_mmap),
    TRACE_CALL(SYS_munmap),
    TRACE_CALL(SYS_mremap),
    TRACE_CALL(SYS_mprotect),
    TRACE_CALL(SYS_pkey_mprotect),
    TRACE_CALL(SYS_madvise),
    TRACE_CALL(SYS_mlock),
    TRACE_CALL(SYS_mlock2),
    TRACE_CALL(SYS_munlock),
    TRACE_CALL(SYS_mlockall),
    TRACE_CALL(SYS_munlockall),
    TRACE_CALL(SYS_remap_file_pages),
    TRACE_CALL(SYS_userfaultfd),
    TRACE_CALL(SYS_mseal),
    TRACE_CALL(SYS_map_shadow_stack),
    TRACE_CALL(SYS_shmat),
    TRACE_CALL(SYS_shmdt),

    TRACE_CALL(SYS_execve),
    TRACE_CALL(SYS_execveat),
    TRACE_CALL(SYS_exit),
    TRACE_CALL(SYS_exit_group),
#ifdef SYS_fork
    TRACE_CALL(SYS_fork),
    TRACE_CALL(SYS_vfork),
#endif

    TRACE_CALL(SYS_read),
    TRACE_CALL(SYS_readv),
    TRACE_CALL(SYS_pselect6),
    TRACE_CALL(SYS_ppoll),
    TRACE_CALL(SYS_epoll_pwait),
    TRACE_CALL(SYS_epoll_pwait2),
    TRACE_CALL(SYS_nanosleep),
    TRACE_CALL(SYS_clock_nanosleep),
    TRACE_CALL(SYS_setitimer),
    TRACE_CALL(SYS_timer_settime),
    TRACE_CALL(SYS_sendfile),
    TRACE_CALL(SYS_copy_file_range),
    TRACE_CALL(SYS_splice),
    TRACE_CALL(SYS_io_uring_setup),
#ifdef SYS_poll
    TRACE_CALL(SYS_select),
    TRACE_CALL(SYS_poll),
    TRACE_CALL(SYS_epoll_wait),
    TRACE_CALL(SYS_pause),
    TRACE_CALL(SYS_alarm),
#endif

    /* glibc falls back to clone(2), whose flags a filter can read. */
    WHEN_CALL(SYS_clone3, 1),
    RETURN(SECCOMP_RET_ERRNO | ENOSYS),
    WHEN_CALL(SYS_clone, 4),
    LOAD_ARG(0),
    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, UNTRACED_FLAG, 0, 1),
    RETURN(SECCOMP_RET_ERRNO | EPERM),
    TRACE,
    WHEN_CALL(SYS_write, 4),
    LOAD_ARG(0),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned) CHECKPOINT_FD, 0, 1),
    TRACE,
    RETURN(SECCOMP_RET_ALLOW),
    WHEN_CALL(SYS_prctl, 5),
    LOAD_ARG(0),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PR_SET_VMA, 1, 0),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PR_SET_MM, 0, 1),
    TRACE,
    RETURN(SECCOMP_RET_ALLOW),

    RETURN(SECCOMP_RET_ALLOW),
};

#define NOTIFY_CALL(nr) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (nr), 0, 1), RETURN(SECCOMP_RET_USER_NOTIF)

/* Without a tracer: a listener hears of checkpoints, of long waits and of the end, and answers in the kernel's place. */
static struct sock_filter marks_program[] = {
    LOAD(arch),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, NATIVE_ARCH, 1, 0),
    RETURN(SECCOMP_RET_ALLOW),
    LOAD(nr),
    NOTIFY_CALL(SYS_exit_group),
    NOTIFY_CALL(SYS_nanosleep),
    NOTIFY_CALL(SYS_clock_nanosleep),
    WHEN_CALL(SYS_clone3, 1), /* as under a tracer, so that both make the same threads */
    RETURN(SECCOMP_RET_ERRNO | ENOSYS),
    /* PTRACE_TRACEME: it succeeds, as where nobody traces, and yet the harness does not become a tracer. */
    WHEN_CALL(SYS_ptrace, 4),
    LOAD_ARG(0),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1),
    RETURN(SECCOMP_RET_ERRNO | 0),
    RETURN(SECCOMP_RET_ALLOW),
    WHEN_CALL(SYS_write, 4),
    LOAD_ARG(0),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned) CHECKPOINT_FD, 0, 1),
    RETURN(SECCOMP_RET_USER_NOTIF),
    RETURN(SECCOMP_RET_ALLOW),
    RETURN(SECCOMP_RET_ALLOW),
};

/* The listener's descriptor, or -1; it is closed when the program is executed. */
static int install_marks(void)
{
    struct sock_fprog program = { sizeof marks_program / sizeof marks_program[0], marks_program };
    return (int) syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
}

static int install_filter(void)
{
    struct sock_fprog program = { sizeof filter_program / sizeof filter_program[0], filter_program };
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1)
        return -1;
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

#endif
