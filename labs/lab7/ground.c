/* ground: the place where a program is tried that sends signals: none leaves it.

   Usage: ground TARGET [ARGUMENT] ...

   It starts TARGET, says "target PID" when that is ready, and then takes orders, a line each, words separated by tabs:

   guarded OUTPUT PROGRAM ARGUMENT ...   starts a program, whose output goes to the file OUTPUT. It may not start
                                         another process or program, and is ended by SIGSYS if it calls kill(2) for a
                                         group or for all.
   free OUTPUT PROGRAM ARGUMENT ...      starts a program that may do both
   signal NUMBER                         sends a signal to that program

   It says "started", and then "exit STATUS" or "killed SIGNAL". At the end of its input all that it started ends.
   The harness starts it as the first process of namespaces of its own (see pid_namespaces(7)), where it can.

   By hand: ground ./space 1
        says target and its number; Ctrl-D ends both.

   Try: ground /bin/echo ready
        -> ends 0 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../sample-c/common/die.h"

#if defined(__x86_64__)
#define NATIVE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define NATIVE AUDIT_ARCH_AARCH64
#else
#error "the filter knows the calls of x86-64 and aarch64 only"
#endif

/* Newer processors have clone alone. */
#ifdef SYS_fork
#define FORK SYS_fork
#define VFORK SYS_vfork
#else
#define FORK SYS_clone
#define VFORK SYS_clone
#endif
#ifndef SYS_clone3
#define SYS_clone3 435
#endif

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define RETURN(action) BPF_STMT(BPF_RET | BPF_K, (action))
#define EQUAL(value, yes, no) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), (yes), (no))

enum { MOST_WORDS = 64, MOST_LINE = 65536, FILE_LIMIT = 256 << 20, SECONDS = 10 };

static pid_t target, program;

/* Denies other processes, and all programs but the one whose name lies at this address, and kill for more than one process. */
static void guard(const char *path)
{
    uint64_t address = (uintptr_t) path;
    struct sock_filter filter[] = {
        LOAD(arch),
        EQUAL(NATIVE, 1, 0),
        RETURN(SECCOMP_RET_KILL_PROCESS),
        LOAD(nr),
        EQUAL(SYS_kill, 0, 4),
        LOAD(args[0]),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 0x80000000, 1, 0),
        EQUAL(0, 0, 14),
        RETURN(SECCOMP_RET_KILL_PROCESS),
        EQUAL(SYS_execve, 0, 4),
        LOAD(args[0]),
        EQUAL((uint32_t) address, 0, 9),
        LOAD(args[0]) /* its upper half, see below */,
        EQUAL((uint32_t) (address >> 32), 8, 7),
        EQUAL(SYS_execveat, 6, 0),
        EQUAL(SYS_clone, 5, 0),
        EQUAL(SYS_clone3, 4, 0),
        EQUAL(FORK, 3, 0),
        EQUAL(VFORK, 2, 0),
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 1, 0), /* calls of x32 */
        RETURN(SECCOMP_RET_ALLOW),
        RETURN(SECCOMP_RET_ERRNO | EPERM),
        RETURN(SECCOMP_RET_ALLOW),
    };
    struct sock_fprog all = {sizeof filter / sizeof filter[0], filter};

    filter[12].k += sizeof(uint32_t);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &all) == -1)
        die("the guard against stray signals");
}

static void limit(int resource, rlim_t most)
{
    struct rlimit limits = {most, most};

    setrlimit(resource, &limits);
}

/* In the child: a session of its own, and no life beyond ours. */
static void settle(void)
{
    sigset_t none;

    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setsid();
    limit(RLIMIT_CORE, 0);
}

static pid_t start_target(char *argv[], int input, int output)
{
    pid_t pid = fork();

    if (pid == -1)
        die("fork");
    if (pid == 0) {
        settle();
        dup2(input, STDIN_FILENO);
        dup2(output, STDOUT_FILENO);
        execv(argv[0], argv);
        die("start %s", argv[0]);
    }
    return pid;
}

static pid_t start_program(char *argv[], const char *output, int guarded)
{
    pid_t pid = fork();

    if (pid == -1)
        die("fork");
    if (pid == 0) {
        settle();
        int out = open(output, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        int in = open("/dev/null", O_RDONLY);
        if (out == -1 || in == -1)
            die("open %s", output);
        dup2(in, STDIN_FILENO);
        dup2(out, STDOUT_FILENO);
        dup2(out, STDERR_FILENO);
        close(in);
        close(out);
        umask(0);
        if (guarded) {
            limit(RLIMIT_FSIZE, FILE_LIMIT);
            limit(RLIMIT_CPU, SECONDS);
            guard(argv[0]);
        }
        execv(argv[0], argv);
        die("start %s", argv[0]);
    }
    return pid;
}

static void say(const char *what, int number)
{
    if (printf("%s %d\n", what, number) < 0 || fflush(stdout) == EOF)
        exit(1);
}

/* As far as it is not the first process of a namespace, which ends with it. */
static void end_all(void)
{
    if (program > 0)
        kill(-program, SIGKILL);
    if (target > 0)
        kill(-target, SIGKILL);
}

static void obey(char *line)
{
    char *words[MOST_WORDS + 1];
    int count = 0;

    for (char *word = strtok(line, "\t\n"); word != NULL && count < MOST_WORDS; word = strtok(NULL, "\t\n"))
        words[count++] = strcmp(word, "\"\"") == 0 ? "" : word;
    words[count] = NULL;
    if (count == 2 && strcmp(words[0], "signal") == 0) {
        if (program > 0)
            kill(program, atoi(words[1]));
    } else if (count >= 3 && program == 0) {
        program = start_program(words + 2, words[1], strcmp(words[0], "guarded") == 0);
        say("started", program);
    } else if (count > 0) {
        fail("not an order of %d words", count);
    }
}

static void reap(void)
{
    int status;
    pid_t ended;

    while ((ended = waitpid(-1, &status, WNOHANG)) > 0) {
        if (ended == program) {
            kill(-program, SIGKILL);
            program = 0;
            if (WIFEXITED(status))
                say("exit", WEXITSTATUS(status));
            else
                say("killed", WTERMSIG(status));
        }
    }
}

static void serve(int signals)
{
    static char line[MOST_LINE];
    size_t length = 0;

    for (;;) {
        struct pollfd ready[] = {{STDIN_FILENO, POLLIN, 0}, {signals, POLLIN, 0}};
        struct signalfd_siginfo information;

        if (poll(ready, 2, -1) == -1)
            continue;
        if (ready[1].revents != 0 && read(signals, &information, sizeof information) > 0)
            reap();
        if (ready[0].revents != 0) {
            char byte;
            if (read(STDIN_FILENO, &byte, 1) != 1)
                return;
            line[length++] = byte;
            if (length == sizeof line)
                fail("a line without an end");
            if (byte == '\n') {
                line[length] = '\0';
                length = 0;
                obey(line);
            }
        }
    }
}

int main(int argc, char *argv[])
{
    int input[2], output[2];
    char text[64];
    sigset_t children;

    if (argc < 2)
        usage("TARGET [ARGUMENT] ...");
    if (pipe2(input, O_CLOEXEC) == -1 || pipe2(output, O_CLOEXEC) == -1)
        die("pipe");
    sigemptyset(&children);
    sigaddset(&children, SIGCHLD);
    sigprocmask(SIG_BLOCK, &children, NULL);
    int signals = signalfd(-1, &children, SFD_CLOEXEC);
    if (signals == -1)
        die("signalfd");

    atexit(end_all);
    target = start_target(argv + 1, input[0], output[1]);
    close(output[1]);
    if (read(output[0], text, sizeof text) <= 0)
        fail("%s did not get ready", argv[1]);
    say("target", target);
    serve(signals);
    return 0;
}
