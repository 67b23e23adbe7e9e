/* The same blocks, without threads. */
#include <malloc.h>
#include <pthread.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

enum { THREADS = 4, SIZE = 4000 };

static pthread_barrier_t ready, end;

static void *work(void *unused)
{
    char *block = malloc(SIZE);

    if (block == NULL)
        die("malloc of %d bytes", SIZE);
    block[0] = 1;
    free(block);
    return unused;
}

int main(void)
{
    /* Your turn. */

    pthread_barrier_init(&ready, NULL, THREADS + 1);
    pthread_barrier_init(&end, NULL, THREADS + 1);
    checkpoint("before");
    for (int i = 0; i < THREADS; i++)
        work(NULL);
    checkpoint("all have one");
    return 0;
}
