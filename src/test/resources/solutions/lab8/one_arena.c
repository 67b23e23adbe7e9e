/* one_arena: four threads that call malloc, and 64 MiB of addresses kept for each.

   Your turn: let all of them be served from [heap], so that no arena is made for a thread.
   The threads still call malloc themselves, each for its own block. See mallopt(3).

   By hand:  gcc -g -O0 -pthread -o one_arena one_arena.c && strace -f -e trace=mmap,munmap,brk ./one_arena */
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
    pthread_barrier_wait(&ready);
    pthread_barrier_wait(&end);
    free(block);
    return unused;
}

int main(void)
{
    pthread_t threads[THREADS];

    if (mallopt(M_ARENA_MAX, 1) == 0)
        fail("mallopt refuses");

    pthread_barrier_init(&ready, NULL, THREADS + 1);
    pthread_barrier_init(&end, NULL, THREADS + 1);
    checkpoint("before");
    for (int i = 0; i < THREADS; i++)
        if ((errno = pthread_create(&threads[i], NULL, work, NULL)) != 0)
            die("pthread_create");
    pthread_barrier_wait(&ready);
    checkpoint("all have one");

    pthread_barrier_wait(&end);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
