/* A child takes hold of its parent. Exit status 42: it could. */
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void)
{
    int status = 0;
    pid_t parent = getpid();
    if (fork() == 0)
        _exit(ptrace(PTRACE_SEIZE, parent, 0, 0) == 0 ? 42 : 0);
    wait(&status);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 0;
}
