/* Signals its parents, the processes named, and at last everybody. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void strike(pid_t pid)
{
    if (fork() == 0) { /* a call that ends its caller must not save the next victim */
        kill(pid, SIGKILL);
        _exit(0);
    }
    if (fork() == 0) {
        syscall(SYS_tgkill, pid, pid, SIGKILL);
        _exit(0);
    }
    if (fork() == 0) {
        syscall(SYS_tkill, pid, SIGKILL);
        _exit(0);
    }
}

int main(int argc, char *argv[])
{
    for (int i = 1; i < argc; i++)
        strike((pid_t) atol(argv[i]));
    strike(getppid());
    while (wait(NULL) > 0)
        ;
    kill(-1, SIGKILL);
    return 0;
}
