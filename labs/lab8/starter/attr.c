/* attr: three threads, and the stacks they need.

   As it is, each gets the stack that the C library takes by itself.

   Your turn: start them with these, by attributes (pthread_attr_setstacksize(3), pthread_attr_setguardsize(3)):

       small    64 KiB of stack
       middle   512 KiB of stack
       large    32 MiB of stack, and a guard of 1 MiB

   Leave work(), the names and the checkpoints as they are.

   By hand:  gcc -g -O0 -pthread -o attr attr.c && strace -f -e trace=mmap,mprotect ./attr */
#define _GNU_SOURCE
#include <pthread.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

enum { THREADS = 3 };

static pthread_barrier_t ready, end;

static void *work(void *name)
{
    pthread_setname_np(pthread_self(), name);
    pthread_barrier_wait(&ready);
    pthread_barrier_wait(&end);
    return NULL;
}

int main(void)
{
    char names[THREADS][16] = {"small", "middle", "large"};
    pthread_t threads[THREADS];

    pthread_barrier_init(&ready, NULL, THREADS + 1);
    pthread_barrier_init(&end, NULL, THREADS + 1);
    for (int i = 0; i < THREADS; i++)
        if ((errno = pthread_create(&threads[i], NULL, work, names[i])) != 0) /* your turn */
            die("pthread_create of %s", names[i]);
    pthread_barrier_wait(&ready);
    checkpoint("all wait");

    pthread_barrier_wait(&end);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    checkpoint("joined");
    return 0;
}
