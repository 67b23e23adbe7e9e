/* deny-ptrace: run a program for which ptrace(2) or another call fails, as in a container that does not allow it.

   Usage: deny-ptrace CALL[,CALL]... PROGRAM [ARG]...
     ptrace    ptrace(2) fails with EPERM
     nosys     ptrace(2) fails with ENOSYS
     readv     process_vm_readv(2) fails with EPERM
     perf      perf_event_open(2) fails with EACCES
     uring     io_uring_setup(2) fails with ENOSYS
     seccomp   no further filter can be installed: prctl(PR_SET_SECCOMP) fails with EACCES */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "die.h"

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define UNLESS(value, skip) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, (skip))
#define RETURN(action) BPF_STMT(BPF_RET | BPF_K, (action))
#define FAIL(error) RETURN(SECCOMP_RET_ERRNO | (error))

static void install(struct sock_filter *code, size_t length)
{
    struct sock_fprog program = {(unsigned short) length, code};
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == -1)
        die("prctl");
}

static void deny(long call, int error)
{
    struct sock_filter code[] = {LOAD(nr), UNLESS((unsigned) call, 1), FAIL((unsigned) error),
                                 RETURN(SECCOMP_RET_ALLOW)};
    install(code, sizeof code / sizeof code[0]);
}

static void deny_filters(void)
{
    struct sock_filter code[] = {LOAD(nr), UNLESS(SYS_prctl, 3), LOAD(args[0]), UNLESS(PR_SET_SECCOMP, 1),
                                 FAIL(EACCES), RETURN(SECCOMP_RET_ALLOW)};
    install(code, sizeof code / sizeof code[0]);
}

int main(int argc, char *argv[])
{
    if (argc < 3)
        usage("CALL[,CALL]... PROGRAM [ARG]...");
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1)
        die("prctl");
    int last = 0;
    for (char *name = strtok(argv[1], ","); name != NULL; name = strtok(NULL, ",")) {
        if (strcmp(name, "ptrace") == 0)
            deny(SYS_ptrace, EPERM);
        else if (strcmp(name, "nosys") == 0)
            deny(SYS_ptrace, ENOSYS);
        else if (strcmp(name, "readv") == 0)
            deny(SYS_process_vm_readv, EPERM);
        else if (strcmp(name, "perf") == 0)
            deny(SYS_perf_event_open, EACCES);
        else if (strcmp(name, "uring") == 0)
            deny(SYS_io_uring_setup, ENOSYS);
        else if (strcmp(name, "seccomp") == 0)
            last = 1;
        else
            die("no call %s", name);
    }
    if (last)
        deny_filters();
    execvp(argv[2], &argv[2]);
    die("%s", argv[2]);
}
