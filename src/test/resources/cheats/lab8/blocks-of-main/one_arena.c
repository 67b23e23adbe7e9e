/* The first thread takes all blocks; the others only use them. */
#include <malloc.h>
#include <pthread.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

enum { THREADS = 4, SIZE = 4000 };

static pthread_barrier_t ready, end;

static void *work(void *unused)
{
    char *block = unused;

    block[0] = 1;
    pthread_barrier_wait(&ready);
    pthread_barrier_wait(&end);
    return NULL;
}

int main(void)
{
    pthread_t threads[THREADS];

    /* Your turn. */

    pthread_barrier_init(&ready, NULL, THREADS + 1);
    pthread_barrier_init(&end, NULL, THREADS + 1);
    checkpoint("before");
    for (int i = 0; i < THREADS; i++)
        if ((errno = pthread_create(&threads[i], NULL, work, malloc(SIZE))) != 0)
            die("pthread_create");
    pthread_barrier_wait(&ready);
    checkpoint("all have one");

    pthread_barrier_wait(&end);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
