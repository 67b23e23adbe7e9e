/* sleeps: sleep, or wait for a signal, in the way that is named. Prints how many milliseconds went by.

   Usage: sleeps nano | clock | absolute | absolute_short | absolute_past | half | alarm | two_pauses | overtake
                 | signalled */
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "checkpoint.h"
#include "die.h"

static volatile sig_atomic_t signals;
static volatile int worked;

static void count(int number)
{
    (void) number;
    signals++;
}

static void *pausing(void *unused)
{
    for (;;)
        pause();
    return unused;
}

static void *working(void *unused)
{
    struct timespec little = {.tv_nsec = 300000000};
    nanosleep(&little, NULL);
    worked = 1;
    return unused;
}

static struct timespec in(long milliseconds)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    long nanos = time.tv_nsec + milliseconds % 1000 * 1000000;
    time.tv_sec += milliseconds / 1000 + nanos / 1000000000;
    time.tv_nsec = nanos % 1000000000;
    return time;
}

static void wait_as(const char *how)
{
    struct timespec hour = {.tv_sec = 3600}, half = {.tv_nsec = 500000000}, second = {.tv_sec = 1};
    pthread_t thread;
    if (strcmp(how, "nano") == 0)
        nanosleep(&hour, NULL);
    else if (strcmp(how, "clock") == 0)
        clock_nanosleep(CLOCK_MONOTONIC, 0, &hour, NULL);
    else if (strcmp(how, "half") == 0)
        nanosleep(&half, NULL);
    else if (strcmp(how, "absolute") == 0) {
        struct timespec later = in(1200);
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &later, NULL);
    } else if (strcmp(how, "absolute_short") == 0) {
        for (int i = 0; i < 20; i++) {
            struct timespec later = in(5);
            clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &later, NULL);
        }
    } else if (strcmp(how, "absolute_past") == 0) {
        for (int i = 0; i < 20; i++)
            clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &second, NULL);
    } else if (strcmp(how, "alarm") == 0) {
        signal(SIGALRM, count);
        alarm(1);
        pause();
        printf("signals %d\n", (int) signals);
    } else if (strcmp(how, "two_pauses") == 0) {
        pthread_create(&thread, NULL, pausing, NULL);
        pausing(NULL);
    } else if (strcmp(how, "overtake") == 0) {
        pthread_create(&thread, NULL, working, NULL);
        nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL); /* the worker is asleep by then, almost always */
        nanosleep(&second, NULL);
        printf("worked %d\n", worked);
    } else if (strcmp(how, "signalled") == 0) {
        signal(SIGUSR1, count);
        sigset_t set, old;
        sigemptyset(&set);
        sigaddset(&set, SIGUSR1);
        sigprocmask(SIG_BLOCK, &set, &old);
        pid_t parent = getpid(), child = fork();
        if (child == 0) {
            nanosleep(&half, NULL);
            kill(parent, SIGUSR1);
            _exit(0);
        }
        nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
        sigprocmask(SIG_SETMASK, &old, NULL);
        if (signals == 0)
            pause();
        printf("signals %d\n", (int) signals);
        waitpid(child, NULL, 0);
    } else
        usage("HOW");
}

int main(int argc, char *argv[])
{
    if (argc != 2)
        usage("HOW");
    struct timespec from = in(0);
    wait_as(argv[1]);
    struct timespec to = in(0);
    printf("%ld ms\n", (to.tv_sec - from.tv_sec) * 1000 + (to.tv_nsec - from.tv_nsec) / 1000000);
    return 0;
}
