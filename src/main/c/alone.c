/*
 * alone: runs a program that can start no other process, and take no more than 4 GiB of private memory.
 *
 *     alone PROGRAM [ARGUMENT...]
 *
 * For programs that run untraced, under valgrind: nobody counts their children. fork(2) and vfork(2) fail with EAGAIN, and so
 * does clone(2) but for threads; what comes after execve(2) is bound likewise. See seccomp(2).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define NATIVE_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define NATIVE_ARCH AUDIT_ARCH_AARCH64
#else
#error "brkmap knows the system calls of x86-64 and aarch64 only"
#endif

/* Newer than some kernel headers. */
#ifndef SYS_clone3
#define SYS_clone3 435
#endif

#define MOST_MEMORY (4UL << 30)
#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define RETURN(action) BPF_STMT(BPF_RET | BPF_K, (action))
#define REFUSE(number, error) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (number), 0, 1), RETURN(SECCOMP_RET_ERRNO | (error))

static void fail(const char *what)
{
    perror(what);
    exit(126);
}

static void stay_alone(void)
{
    struct sock_filter filter[] = {
        LOAD(arch),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, NATIVE_ARCH, 1, 0),
        RETURN(SECCOMP_RET_KILL_PROCESS),
        LOAD(nr),
#ifdef __x86_64__
        /* The x32 calls have numbers of their own, from here on. */
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
        RETURN(SECCOMP_RET_ERRNO | ENOSYS),
        REFUSE(SYS_fork, EAGAIN),
        REFUSE(SYS_vfork, EAGAIN),
#endif
        /* Its flags lie in memory, which a filter cannot read; the C library falls back to clone. */
        REFUSE(SYS_clone3, ENOSYS),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 3),
        LOAD(args[0]), /* the low half: both architectures are little-endian */
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0),
        RETURN(SECCOMP_RET_ERRNO | EAGAIN),
        RETURN(SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {.len = sizeof filter / sizeof filter[0], .filter = filter};

    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == -1)
        fail("alone: seccomp");
}

int main(int argc, char *argv[])
{
    struct rlimit memory;

    if (argc < 2) {
        fprintf(stderr, "usage: alone PROGRAM [ARGUMENT...]\n");
        return 2;
    }
    if (getrlimit(RLIMIT_DATA, &memory) == -1)
        fail("alone: getrlimit");
    if (memory.rlim_max > MOST_MEMORY)
        memory.rlim_cur = memory.rlim_max = MOST_MEMORY;
    if (setrlimit(RLIMIT_DATA, &memory) == -1)
        fail("alone: setrlimit");
    stay_alone();
    execvp(argv[1], argv + 1);
    fail(argv[1]);
}
