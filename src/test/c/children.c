/* children: start other processes or threads in the way that is named.

   Usage: children fork | vfork | spawn | missing | daemon | double_fork | thread_exec | main_ends | main_calls_exit
                   | ask_after_child | untraced | clone3 | int80 | traceme | trace_child | undumpable | stop | stop_for_ever
                   | not_executable FILE | spawn_loop | raw_exit */
#define _GNU_SOURCE
#include <linux/sched.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "checkpoint.h"
#include "die.h"

extern char **environ;
static char *echo[] = {"/bin/echo", "from the child", NULL};

static int reap(pid_t pid)
{
    int status;
    if (pid == -1 || waitpid(pid, &status, 0) != pid)
        die("child");
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static void by_fork(void)
{
    char *memory = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    pid_t child = fork();
    if (child == 0) {
        munmap(memory, 1 << 19);
        checkpoint("child has less");
        _exit(5);
    }
    printf("child ended with %d\n", reap(child));
}

static void by_vfork(void)
{
    pid_t child = vfork();
    if (child == 0) {
        execv(echo[0], echo);
        _exit(127);
    }
    printf("child ended with %d\n", reap(child));
}

static void by_spawn(const char *path)
{
    pid_t child;
    int error = posix_spawn(&child, path, NULL, NULL, echo, environ);
    if (error != 0)
        printf("refused: %s\n", error_name(error));
    else
        printf("child ended with %d\n", reap(child));
}

static void daemonise(int twice)
{
    int ends[2];
    char byte;
    if (pipe(ends) == -1)
        die("pipe");
    pid_t child = fork();
    if (child == 0) {
        setsid();
        if (!twice || fork() == 0) {
            if (write(ends[1], "x", 1) != 1)
                _exit(1);
            for (;;)
                pause();
        }
        _exit(0);
    }
    if (read(ends[0], &byte, 1) != 1)
        die("read");
    printf("it runs\n");
}

static void *executes(void *unused)
{
    execv(echo[0], echo);
    return unused;
}

static void *works_alone(void *unused)
{
    char path[64], state = '?';
    snprintf(path, sizeof path, "/proc/self/task/%d/stat", getpid());
    while (state != 'Z') {
        FILE *file = fopen(path, "r");
        if (file == NULL || fscanf(file, "%*d (%*[^)]) %c", &state) != 1)
            die("%s", path);
        fclose(file);
    }
    checkpoint("main has ended");
    void *memory = mmap(NULL, 1 << 20, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    checkpoint("mapped");
    munmap(memory, 1 << 20);
    printf("done\n");
    return unused;
}

static void *sleeps(void *unused)
{
    for (;;)
        pause();
    return unused;
}

static pthread_t start(void *(*what)(void *))
{
    pthread_t thread;
    if (pthread_create(&thread, NULL, what, NULL) != 0)
        fail("no thread");
    return thread;
}

/* The parent is in waitpid when the child ends, and asks for a key after that. */
static void ask_after_child(void)
{
    int ends[2];
    char byte;
    if (pipe(ends) == -1)
        die("pipe");
    printf("first key\n");
    getchar();
    pid_t child = fork();
    if (child == 0) {
        close(ends[1]);
        while (read(ends[0], &byte, 1) > 0)
            continue;
        _exit(3);
    }
    close(ends[1]);
    int status = reap(child);
    printf("last key\n");
    getchar();
    printf("child ended with %d\n", status);
}

static void stop_and_continue(void)
{
    pid_t parent = getpid();
    pid_t child = fork();
    if (child == 0) {
        char path[64], state = '?';
        snprintf(path, sizeof path, "/proc/%d/stat", parent);
        while (state != 'T' && state != 't') {
            FILE *file = fopen(path, "r");
            if (file == NULL || fscanf(file, "%*d (%*[^)]) %c", &state) != 1)
                die("%s", path);
            fclose(file);
        }
        checkpoint("parent is stopped");
        kill(parent, SIGCONT);
        _exit(0);
    }
    raise(SIGSTOP);
    printf("continued, child ended with %d\n", reap(child));
}

int main(int argc, char *argv[])
{
    const char *how = argc > 1 ? argv[1] : "";
    if (strcmp(how, "fork") == 0)
        by_fork();
    else if (strcmp(how, "vfork") == 0)
        by_vfork();
    else if (strcmp(how, "spawn") == 0)
        by_spawn(echo[0]);
    else if (strcmp(how, "spawn_loop") == 0)
        for (;;)
            by_spawn(echo[0]);
    else if (strcmp(how, "ask_after_child") == 0)
        ask_after_child();
    else if (strcmp(how, "missing") == 0)
        by_spawn("/no/such/program");
    else if (strcmp(how, "not_executable") == 0)
        by_spawn(argv[2]);
    else if (strcmp(how, "daemon") == 0)
        daemonise(0);
    else if (strcmp(how, "daemon_and_wait") == 0) {
        daemonise(1);
        for (;;)
            getchar();
    } else if (strcmp(how, "double_fork") == 0)
        daemonise(1);
    else if (strcmp(how, "thread_exec") == 0) {
        start(sleeps);
        pthread_join(start(executes), NULL);
    } else if (strcmp(how, "main_ends") == 0) {
        start(works_alone);
        pthread_exit(NULL);
    } else if (strcmp(how, "raw_exit") == 0) {
        syscall(SYS_exit, 6);
    } else if (strcmp(how, "untraced") == 0) {
        long child = syscall(SYS_clone, CLONE_UNTRACED | SIGCHLD, NULL, NULL, NULL, NULL);
        printf("%s\n", child == -1 ? error_name(errno) : "it escaped");
    } else if (strcmp(how, "clone3") == 0) {
        struct clone_args arguments = {.exit_signal = SIGCHLD};
        long child = syscall(SYS_clone3, &arguments, sizeof arguments);
        printf("%s\n", child == -1 ? error_name(errno) : "it escaped");
    } else if (strcmp(how, "int80") == 0) {
#ifdef __x86_64__
        long pid;
        __asm__ volatile("int $0x80" : "=a"(pid) : "a"(20L) : "memory", "r8", "r9", "r10", "r11");
        printf("getpid says %ld\n", pid);
#endif
    } else if (strcmp(how, "traceme") == 0)
        printf("%s\n", ptrace(PTRACE_TRACEME, 0, NULL, NULL) == -1 ? error_name(errno) : "traced by the parent");
    else if (strcmp(how, "trace_child") == 0) {
        pid_t child = fork();
        if (child == 0) {
            pause();
            _exit(0);
        }
        long traced = ptrace(PTRACE_ATTACH, child, NULL, NULL);
        printf("%s\n", traced == -1 ? error_name(errno) : "attached");
        fflush(stdout);
        kill(child, SIGKILL);
        reap(child);
    } else if (strcmp(how, "undumpable") == 0) {
        prctl(PR_SET_DUMPABLE, 0);
        checkpoint("not dumpable");
        char *memory = malloc(1 << 20);
        checkpoint("allocated");
        free(memory);
    } else if (strcmp(how, "stop") == 0)
        stop_and_continue();
    else if (strcmp(how, "stop_for_ever") == 0)
        raise(SIGSTOP);
    else
        usage("HOW");
    return 0;
}
