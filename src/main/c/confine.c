/*
 * confine: sets limits on itself, shuts itself in as it is told, and executes a program.
 *
 * Inside bubblewrap's namespaces it adds the limits and the system call filter; where there are no user namespaces it is
 * the whole sandbox, with landlock(7). With "warden 1" it stays behind as the one to whom orphans come, so that nothing
 * outlives the program.
 *
 * Usage: confine [option value]... -- FILE [ARG]...
 *   data BYTES, file BYTES, stack BYTES, processes N, seconds N
 *                   RLIMIT_DATA, _FSIZE, _STACK (soft), _NPROC, _CPU; what is not named is left
 *   deny N          1 installs the filter of deny_filter.h
 *   trace N         1 leaves ptrace(2) out of it
 *   protect PID     a process that must get no signal from it
 *   read PATH, write PATH
 *                   what it may reach under landlock(7); with the first of them, nothing else
 *   optional N      1 leaves these rules out where the kernel has no landlock(7): there are other walls
 *   warden N        1 waits for it, and kills what it leaves behind
 *   group FILE      a cgroup.procs to enter first
 *
 * Exit status: the program's, 128 and the signal's number if one ended it, or 126 with a message if it was not executed.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "deny_filter.h"
#include "landlock_rules.h"

enum { NOT_EXECUTED = 126, KEEPS_SIGNALS = 6 };

static void give_up(const char *what)
{
    dprintf(STDERR_FILENO, "the sandbox could not be closed: %s: %s\n", what, strerror(errno));
    _exit(NOT_EXECUTED);
}

static void limit(int resource, const char *value, int hard_too)
{
    struct rlimit limits;
    rlim_t wanted = strtoull(value, NULL, 10);

    if (getrlimit((__rlimit_resource_t) resource, &limits) == -1)
        give_up("getrlimit");
    if (limits.rlim_max != RLIM_INFINITY && limits.rlim_max < wanted)
        wanted = limits.rlim_max;
    limits.rlim_cur = wanted;
    if (hard_too)
        limits.rlim_max = wanted;
    if (setrlimit((__rlimit_resource_t) resource, &limits) == -1)
        give_up("setrlimit");
}

static void enter_group(const char *file)
{
    int fd = open(file, O_WRONLY | O_CLOEXEC);
    if (fd == -1 || write(fd, "0", 1) != 1)
        give_up(file);
    close(fd);
}

static void shut_in(int rules)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1)
        give_up("no_new_privs");
    if (syscall(SYS_landlock_restrict_self, rules, 0u) == -1)
        give_up("landlock_restrict_self");
    close(rules);
}

static int code_of(int status)
{
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* Kills every child, and those that come to us by their deaths, until there are none. */
static void kill_the_rest(void)
{
    char name[64];
    char list[4096];

    snprintf(name, sizeof name, "/proc/self/task/%d/children", (int) getpid());
    do {
        int fd = open(name, O_RDONLY | O_CLOEXEC);
        ssize_t count = fd == -1 ? 0 : read(fd, list, sizeof list - 1);
        if (fd != -1)
            close(fd);
        list[count > 0 ? count : 0] = '\0';
        for (char *at = list, *end; (void) (end = at), strtol(at, &end, 10) > 0 && end != at; at = end)
            kill((pid_t) strtol(at, NULL, 10), SIGKILL);
    } while (waitpid(-1, NULL, __WALL) > 0 || errno == EINTR);
}

static sigset_t ends(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGCHLD);
    return set;
}

/* Waits until the child has ended, or we are told to end; its exit status, as a shell has it. */
static int wait_for(pid_t child)
{
    sigset_t set = ends();
    int status = 0;

    for (int fd = 0; fd < 3; fd++)
        close(fd); /* or whoever reads its output would wait for ours */
    while (waitpid(child, &status, WNOHANG) != child)
        if (sigwaitinfo(&set, NULL) == SIGTERM)
            return 128 + SIGTERM;
    return code_of(status);
}

/* A child that ends with us, and nothing of what we wait for is hidden from; returns in the child. */
static pid_t fork_bound(int death_signal)
{
    sigset_t set = ends();
    pid_t parent = getpid();
    pid_t child;

    sigprocmask(SIG_BLOCK, &set, NULL);
    child = fork();
    if (child == -1)
        give_up("fork");
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, death_signal);
        if (getppid() != parent)
            _exit(NOT_EXECUTED);
    }
    return child;
}

/* To the warden orphans come. It ends when its child has, or when the harness ends it or dies; then nothing is left. */
static void leave_a_warden(void)
{
    pid_t child;
    int code;

    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    child = fork_bound(SIGTERM);
    if (child == 0)
        return;
    code = wait_for(child);
    if (kill(child, SIGTERM) == 0)
        waitpid(child, NULL, 0);
    kill_the_rest();
    _exit(code);
}

/*
 * The turnkey is shut in with the program. Where landlock(7) keeps signals inside, kill(-1) reaches all that are in there and
 * nobody else, at once: so a program that forks faster than one can look is ended too.
 */
static void leave_a_turnkey(int keeps_signals)
{
    sigset_t set = ends();
    pid_t child = fork_bound(SIGKILL);
    int code;

    if (child == 0) {
        sigprocmask(SIG_UNBLOCK, &set, NULL);
        return;
    }
    code = wait_for(child);
    if (keeps_signals)
        kill(-1, SIGKILL);
    _exit(code);
}

int main(int argc, char *argv[])
{
    pid_t protected[MOST_PROTECTED + 3] = { 0 };
    int protected_count = 0;
    int has_warden = 0;
    int is_denied = 0;
    int may_trace = 0;
    int is_optional = 0;
    int abi = landlock_abi();
    int rules = -1;
    uint64_t handled = 0;
    int arg;

    for (arg = 1; arg + 1 < argc && strcmp(argv[arg], "--") != 0; arg += 2) {
        const char *name = argv[arg];
        const char *value = argv[arg + 1];
        if (strcmp(name, "warden") == 0) {
            has_warden = atoi(value);
            if (has_warden) {
                leave_a_warden();
                protected[protected_count++] = getppid();
            }
        } else if (strcmp(name, "group") == 0)
            enter_group(value);
        else if (strcmp(name, "data") == 0)
            limit(RLIMIT_DATA, value, 1);
        else if (strcmp(name, "file") == 0)
            limit(RLIMIT_FSIZE, value, 1);
        else if (strcmp(name, "stack") == 0)
            limit(RLIMIT_STACK, value, 0);
        else if (strcmp(name, "processes") == 0)
            limit(RLIMIT_NPROC, value, 1);
        else if (strcmp(name, "seconds") == 0)
            limit(RLIMIT_CPU, value, 1);
        else if (strcmp(name, "deny") == 0)
            is_denied = atoi(value);
        else if (strcmp(name, "trace") == 0)
            may_trace = atoi(value);
        else if (strcmp(name, "protect") == 0 && protected_count < MOST_PROTECTED)
            protected[protected_count++] = (pid_t) atol(value);
        else if (strcmp(name, "optional") == 0)
            is_optional = atoi(value);
        else if (strcmp(name, "read") == 0 || strcmp(name, "write") == 0) {
            if (is_optional && abi == 0)
                continue;
            if (rules == -1 && (rules = begin_rules(abi, &handled)) == -1)
                give_up("landlock_create_ruleset");
            if (allow(rules, value, name[0] == 'r' ? handled & READING : handled) == -1)
                give_up(value);
        } else {
            errno = EINVAL;
            give_up(name);
        }
    }
    if (arg + 1 >= argc) {
        errno = EINVAL;
        give_up("no program is named");
    }
    if (rules != -1)
        shut_in(rules);
    if (has_warden) {
        leave_a_turnkey(rules != -1 && abi >= KEEPS_SIGNALS);
        protected[protected_count++] = getppid();
    }
    if (is_denied && install_deny_filter(may_trace, protected) == -1)
        give_up("seccomp");
    execv(argv[arg + 1], &argv[arg + 1]);
    give_up(argv[arg + 1]);
}
