/* Takes the processor from the processes named, and from all of its user. Exit status 42: it could. */
#define _GNU_SOURCE
#include <sched.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(int argc, char *argv[])
{
    struct sched_param param = { 0 };
    struct rlimit none = { 0, 0 };
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(0, &one);
    for (int i = 1; i < argc; i++) {
        pid_t pid = (pid_t) atol(argv[i]);
        if (setpriority(PRIO_PROCESS, (id_t) pid, 19) == 0 || sched_setaffinity(pid, sizeof one, &one) == 0
            || sched_setscheduler(pid, SCHED_IDLE, &param) == 0 || syscall(SYS_ioprio_set, 1, pid, 3 << 13) == 0
            || prlimit(pid, RLIMIT_NOFILE, &none, 0) == 0)
            return 42;
    }
    return setpriority(PRIO_USER, getuid(), 19) == 0 ? 42 : 0;
}
