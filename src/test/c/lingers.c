/* lingers: a family that does all it can to stay: a thread, a child, a daemon in a session of its own and one that another
   child left behind, all deaf to signals; then prints "settled" and computes for ever. */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "die.h"

static int never[2];

/* A pipe that nobody writes to, not pause(2): the harness would end that. */
static void *linger(void *unused)
{
    char byte;
    while (read(never[0], &byte, 1) != 0)
        continue;
    return unused;
}

static void become_daemon(void)
{
    int nothing = open("/dev/null", O_RDWR);
    if (setsid() == -1 || chdir("/") == -1)
        die("daemon");
    for (int fd = 0; fd <= 2; fd++)
        dup2(nothing, fd);
    linger(NULL);
}

static pid_t start(void)
{
    pid_t child = fork();
    if (child == -1)
        die("fork");
    return child;
}

int main(void)
{
    pthread_t thread;
    volatile unsigned long turns = 0;
    for (int sig = 1; sig < NSIG; sig++)
        signal(sig, SIG_IGN);
    if (pipe(never) == -1 || pthread_create(&thread, NULL, linger, NULL) != 0)
        die("thread");
    if (start() == 0)
        linger(NULL);
    if (start() == 0)
        become_daemon();
    if (start() == 0) {
        if (start() == 0)
            become_daemon();
        _exit(0);
    }
    printf("settled\n");
    fflush(stdout);
    for (;;)
        turns++;
}
