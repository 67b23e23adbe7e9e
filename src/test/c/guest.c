/* guest: do what each line of the input says, and answer "ok" when it is done.

   map BYTES      map so many bytes, and keep them
   malloc BYTES   allocate and touch so many
   thread         start a thread that maps and unmaps a page for ever
   watch          start a thread that waits in epoll_wait(2) for ever, and says so if that fails
   fork           start a child that maps and unmaps a page for ever; answers with its number once it has
   vfork          start a program by vfork(2)
   exec           execute itself anew
   mask           block SIGUSR1, ignore SIGHUP, catch SIGUSR2, and raise the first
   caught         answer how often SIGUSR2 was caught
   exit N         exit with that status
   crash          touch address 0 */
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "die.h"

static volatile sig_atomic_t caught;

static void catch_signal(int sig)
{
    (void) sig;
    caught++;
}

static void map_and_unmap(void)
{
    for (;;) {
        void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (page == MAP_FAILED)
            die("mmap");
        munmap(page, 4096);
    }
}

static void *churn(void *unused)
{
    map_and_unmap();
    return unused;
}

static void *watch(void *unused)
{
    struct epoll_event event;
    int epoll = epoll_create1(0);
    if (epoll_wait(epoll, &event, 1, -1) == -1)
        printf("epoll_wait: %s\n", error_name(errno));
    return unused;
}

static void start(void *(*routine)(void *) )
{
    pthread_t thread;
    if (pthread_create(&thread, NULL, routine, NULL) != 0)
        die("pthread_create");
}

static int obey(const char *what, long number, char *argv[])
{
    if (strcmp(what, "map") == 0) {
        if (mmap(NULL, (size_t) number, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED)
            die("mmap");
    } else if (strcmp(what, "malloc") == 0) {
        char *block = malloc((size_t) number);
        if (block == NULL)
            die("malloc");
        memset(block, 1, (size_t) number);
    } else if (strcmp(what, "thread") == 0) {
        start(churn);
    } else if (strcmp(what, "watch") == 0) {
        start(watch);
    } else if (strcmp(what, "fork") == 0) {
        int ready[2];
        char byte = 0;
        if (pipe(ready) == -1)
            die("pipe");
        pid_t child = fork();
        if (child == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            munmap(mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), 4096);
            if (write(ready[1], &byte, 1) == 1)
                map_and_unmap();
            _exit(1);
        }
        if (read(ready[0], &byte, 1) != 1)
            die("read");
        close(ready[0]);
        close(ready[1]);
        printf("%d\n", (int) child);
    } else if (strcmp(what, "vfork") == 0) {
        if (vfork() == 0) {
            execlp("sleep", "sleep", "0.3", (char *) NULL);
            _exit(127);
        }
    } else if (strcmp(what, "exec") == 0) {
        execv("/proc/self/exe", argv);
        die("execv");
    } else if (strcmp(what, "mask") == 0) {
        sigset_t set;
        sigemptyset(&set);
        sigaddset(&set, SIGUSR1);
        sigprocmask(SIG_BLOCK, &set, NULL);
        signal(SIGHUP, SIG_IGN);
        signal(SIGUSR2, catch_signal);
        raise(SIGUSR1);
    } else if (strcmp(what, "caught") == 0) {
        printf("%d\n", (int) caught);
        return 0;
    } else if (strcmp(what, "exit") == 0) {
        exit((int) number);
    } else if (strcmp(what, "crash") == 0) {
        *(volatile int *) NULL = 1;
    } else
        fail("no way to %s", what);
    if (strcmp(what, "fork") != 0)
        puts("ok");
    return 0;
}

int main(int argc, char *argv[])
{
    char line[100];
    char what[100];
    long number = 0;
    (void) argc;
    setvbuf(stdout, NULL, _IOLBF, 0);
    setvbuf(stdin, NULL, _IONBF, 0);
    while (fgets(line, sizeof line, stdin) != NULL)
        if (sscanf(line, "%99s %ld", what, &number) >= 1)
            obey(what, number, argv);
    return 0;
}
