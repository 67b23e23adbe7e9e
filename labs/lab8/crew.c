/* crew: three threads at work; for reading, not for changing.

   cook    has a stack of 256 KiB, and a guard of 64 KiB
   baker   has a stack of 512 KiB, and a guard of a page
   waiter  has a stack of 1024 KiB, and a guard of a page; when all have started, it takes a block with malloc

   Checkpoint: "all at work".

   Try: crew
        -> mmap 3-9, has thread stack, ends 0 */
#define _GNU_SOURCE
#include <pthread.h>
#include <string.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

enum { KIB = 1024, BLOCK = 3000 };

struct job {
    const char *name;
    size_t stack, guard;
    int takes;
};

static pthread_barrier_t started, working, end;

static void *work(void *argument)
{
    const struct job *job = argument;
    char *block = NULL;

    pthread_setname_np(pthread_self(), job->name);
    pthread_barrier_wait(&started);
    if (job->takes) {
        block = malloc(BLOCK);
        if (block == NULL)
            die("malloc of %d bytes", BLOCK);
        block[0] = 1;
    }
    pthread_barrier_wait(&working);
    pthread_barrier_wait(&end);
    free(block);
    return NULL;
}

static pthread_t start(struct job *job)
{
    pthread_attr_t attributes;
    pthread_t thread;

    if ((errno = pthread_attr_init(&attributes)) != 0
        || (errno = pthread_attr_setstacksize(&attributes, job->stack)) != 0
        || (errno = pthread_attr_setguardsize(&attributes, job->guard)) != 0
        || (errno = pthread_create(&thread, &attributes, work, job)) != 0)
        die("a thread with %zu bytes of stack", job->stack);
    return thread;
}

int main(void)
{
    struct job jobs[] = {
        {"cook", 256 * KIB, 64 * KIB, 0},
        {"baker", 512 * KIB, 1, 0},
        {"waiter", 1024 * KIB, 1, 1},
    };
    enum { COUNT = sizeof jobs / sizeof jobs[0] };
    pthread_t threads[COUNT];

    pthread_barrier_init(&started, NULL, COUNT + 1);
    pthread_barrier_init(&working, NULL, COUNT + 1);
    pthread_barrier_init(&end, NULL, COUNT + 1);
    for (int i = 0; i < COUNT; i++)
        threads[i] = start(&jobs[i]);
    pthread_barrier_wait(&started);
    pthread_barrier_wait(&working);
    checkpoint("all at work");
    pthread_barrier_wait(&end);
    for (int i = 0; i < COUNT; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
