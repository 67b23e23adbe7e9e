/*
 * launch: becomes the program under observation.
 *
 * The harness starts it with the terminal on descriptors 0, 1 and 2. It gives itself a session and that terminal,
 * sets signals and limits back to what a shell would give, stops until the tracer has taken hold of it, installs the
 * system call filter and executes the program. It prints nothing: its exit status tells what failed.
 *
 * Usage: launch [option value]... -- FILE ARGV0 [ARG]...
 *   parent PID      the harness; the launcher gives up if it is gone already. 0: whoever it is, in a sandbox that ends with it
 *   data BYTES      RLIMIT_DATA; 0 leaves it
 *   directory DIR   where the program runs
 *   env NAME=VALUE  set in the program's environment only, not in the launcher's own start
 *   filter N        1 installs the filter (there must be a tracer), 0 does not
 *   marks N         1 installs the filter of one who does not trace; its listener is descriptor 3 at the stop
 *   keep FD         a descriptor that stays open
 *   aslr N          0 switches address space randomisation off
 *
 * Exit status, seen only when FILE could not be executed: the error number of execve(2), or one of enum failure.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "syscall_filter.h"

enum failure { BAD_USAGE = 201, NO_PARENT, NO_SESSION, NO_TERMINAL, NO_LIMIT, NO_STOP, NO_FILTER, NO_PERSONALITY,
               NO_DIRECTORY };

#ifndef SYS_close_range
#define SYS_close_range 436
#endif

enum { LISTENER = 3 }; /* the first after the terminal's three: all others are closed */

static void give_up(enum failure why)
{
    _exit((int) why);
}

/* A JVM ignores some signals and blocks others; execve(2) would hand that on. */
static void reset_signals(void)
{
    sigset_t none;
    for (int sig = 1; sig < NSIG; sig++)
        signal(sig, SIG_DFL); /* fails for SIGKILL, SIGSTOP and those libc keeps: as it should be */
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* A JVM raises its soft limit of open files to the hard one; programs size tables by it. */
static void reset_limits(rlim_t data)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == -1)
        give_up(NO_LIMIT);
    if (limit.rlim_max == RLIM_INFINITY || limit.rlim_max > 1024)
        limit.rlim_cur = 1024;
    if (setrlimit(RLIMIT_NOFILE, &limit) == -1)
        give_up(NO_LIMIT);

    limit.rlim_cur = limit.rlim_max = 0;
    if (setrlimit(RLIMIT_CORE, &limit) == -1)
        give_up(NO_LIMIT);

    if (data != 0) {
        if (getrlimit(RLIMIT_DATA, &limit) == -1)
            give_up(NO_LIMIT);
        if (limit.rlim_max == RLIM_INFINITY || limit.rlim_max > data)
            limit.rlim_max = data;
        limit.rlim_cur = limit.rlim_max;
        if (setrlimit(RLIMIT_DATA, &limit) == -1)
            give_up(NO_LIMIT);
    }
}

static void close_all_but(unsigned keep)
{
    if (keep > 3)
        syscall(SYS_close_range, 3u, keep - 1, 0u);
    syscall(SYS_close_range, keep > 2 ? keep + 1 : 3u, ~0u, 0u);
}

static void take_terminal(void)
{
    if (setsid() == -1)
        give_up(NO_SESSION);
    if (ioctl(STDIN_FILENO, TIOCSCTTY, 0) == -1)
        give_up(NO_TERMINAL);
}

/* Addresses are random or not as the harness asks, whatever setarch(8) has set for the harness itself. */
static void set_randomisation(int is_random)
{
    int now = personality(0xffffffff);
    int wanted = is_random ? now & ~ADDR_NO_RANDOMIZE : now | ADDR_NO_RANDOMIZE;

    if (now == -1 ? !is_random : wanted != now && personality((unsigned long) wanted) == -1 && !is_random)
        give_up(NO_PERSONALITY);
}

int main(int argc, char *argv[])
{
    long parent = 0;
    rlim_t data = 0;
    int filter = 0;
    int marks = 0;
    int aslr = 1;
    unsigned keep = 0;
    int arg = 1;

    for (; arg + 1 < argc && strcmp(argv[arg], "--") != 0; arg += 2) {
        const char *value = argv[arg + 1];
        if (strcmp(argv[arg], "parent") == 0)
            parent = atol(value);
        else if (strcmp(argv[arg], "data") == 0)
            data = strtoull(value, NULL, 10);
        else if (strcmp(argv[arg], "filter") == 0)
            filter = atoi(value);
        else if (strcmp(argv[arg], "marks") == 0)
            marks = atoi(value);
        else if (strcmp(argv[arg], "aslr") == 0)
            aslr = atoi(value);
        else if (strcmp(argv[arg], "keep") == 0)
            keep = (unsigned) atoi(value);
        else if (strcmp(argv[arg], "directory") == 0) {
            if (chdir(value) == -1)
                give_up(NO_DIRECTORY);
        } else if (strcmp(argv[arg], "env") == 0)
            putenv(argv[arg + 1]);
        else
            give_up(BAD_USAGE);
    }
    if (arg + 2 >= argc)
        give_up(BAD_USAGE);

    /* The signal comes if the harness dies before it traces us; if it died before this line, nobody would send it. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (parent != 0 && getppid() != parent)
        give_up(NO_PARENT);

    take_terminal();
    close_all_but(keep); /* an old kernel has it not: the harness opens with O_CLOEXEC besides */
    reset_signals();
    reset_limits(data);
    set_randomisation(aslr);

    /* A set-user-ID program gains nothing: who is traced may not, and who gained something could not be ended. */
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);

    /* Until the program is executed: who has no tracer knows by the name whether it is. */
    prctl(PR_SET_NAME, "brkmap-launch");
    if (marks && install_marks() != LISTENER)
        give_up(NO_FILTER);
    if (raise(SIGSTOP) != 0)
        give_up(NO_STOP);
    if (filter && install_filter() == -1)
        give_up(NO_FILTER);

    execv(argv[arg + 1], &argv[arg + 2]);
    _exit(errno);
}
