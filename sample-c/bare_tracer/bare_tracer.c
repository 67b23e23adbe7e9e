/* bare_tracer: stop a program at its calls of brk, mmap and munmap, and do nothing else.

   Usage: bare_tracer STOPS PROGRAM [ARG]...      STOPS: 2 for a stop before and one after each call, 1 for the first alone

   What ptrace(2) costs by itself: whoever looks at a call before and after it cannot be faster.
   The program runs on one CPU with its tracer, and ends as it would alone.

   By hand: time ./bare_tracer 2 ./churn; time ./churn
        20,000 calls and two stops for each: nearly all of the difference is the kernel's switching between two processes.

   Try: bare_tracer
        -> ends 2 */
#define _GNU_SOURCE
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../common/die.h"

#define STOP_AT(call) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE)

static void be_traced(char *argv[])
{
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        STOP_AT(SYS_brk),
        STOP_AT(SYS_mmap),
        STOP_AT(SYS_munmap),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof filter / sizeof filter[0], filter};

    if (ptrace(PTRACE_TRACEME, 0, 0, 0) == -1)
        die("ptrace");
    raise(SIGSTOP);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == -1)
        die("seccomp");
    execvp(argv[0], argv);
    die("%s", argv[0]);
}

int main(int argc, char *argv[])
{
    cpu_set_t one;
    int status;

    if (argc < 3)
        usage("STOPS PROGRAM [ARG]...");
    long stops = number("STOPS", argv[1], 1, 2);

    CPU_ZERO(&one);
    CPU_SET(sched_getcpu(), &one);
    if (sched_setaffinity(0, sizeof one, &one) == -1)
        die("sched_setaffinity");

    pid_t child = fork();
    if (child == -1)
        die("fork");
    if (child == 0)
        be_traced(argv + 2);

    if (waitpid(child, &status, 0) == -1 || !WIFSTOPPED(status))
        fail("the program could not be traced");
    if (ptrace(PTRACE_SETOPTIONS, child, 0, PTRACE_O_TRACESECCOMP | PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL) == -1)
        die("ptrace");

    int signal = 0;
    int resume = PTRACE_CONT;
    for (;;) {
        if (ptrace(resume, child, 0, signal) == -1 || waitpid(child, &status, __WALL) == -1)
            die("ptrace");
        if (!WIFSTOPPED(status))
            return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE;
        int isCall = status >> 8 == (SIGTRAP | PTRACE_EVENT_SECCOMP << 8);
        int isOurs = isCall || (WSTOPSIG(status) & 0x7f) == SIGTRAP;
        signal = isOurs ? 0 : WSTOPSIG(status);
        resume = isCall && stops == 2 ? PTRACE_SYSCALL : PTRACE_CONT;
    }
}
