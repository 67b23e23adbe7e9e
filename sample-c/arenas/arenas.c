/* arenas: threads that call malloc, at the same time or one after the other.

   Usage: arenas [COUNT [together | in-turn]]        (default 3, together)

   Build: make -B arenas DEFINES=-DSIZE=100000        bytes of each thread's one block (default 1000)

   Checkpoints: "before", "all have one" with every thread's block in use (in-turn: the last one's).

   By hand: arenas 3, and pmap $(pgrep arenas)
        for each thread a row of 132K and one of 65404K without access, together 64 MiB, from a multiple of 64 MiB on.
   By hand: arenas 3 in-turn
        one such pair: a thread takes over the arena of one that has ended.

   Try: arenas 3
        -> from before to all have one: malloc arena +, brk 0-1
        -> ends 0 */
#include <pthread.h>
#include <string.h>

#include "../common/checkpoint.h"
#include "../common/die.h"
#include "../common/prompt.h"

#ifndef SIZE
#define SIZE 1000
#endif

enum { MOST = 32 };

static pthread_barrier_t ready, end;

static void *work(void *wait)
{
    char *block = malloc(SIZE);

    if (block == NULL)
        die("malloc of %d bytes", SIZE);
    block[0] = 1;
    if (wait != NULL) {
        pthread_barrier_wait(&ready);
        pthread_barrier_wait(&end);
    }
    free(block);
    return NULL;
}

static void start(pthread_t *thread, void *wait)
{
    if ((errno = pthread_create(thread, NULL, work, wait)) != 0)
        die("pthread_create");
}

int main(int argc, char *argv[])
{
    static int yes = 1;
    pthread_t threads[MOST];
    const char *how = argc > 2 ? argv[2] : "together";

    if (argc > 3 || (strcmp(how, "together") != 0 && strcmp(how, "in-turn") != 0))
        usage("[COUNT [together | in-turn]]");
    int count = argc > 1 ? (int) number("COUNT", argv[1], 1, MOST) : 3;
    int together = strcmp(how, "together") == 0 ? count : 1;

    pthread_barrier_init(&ready, NULL, (unsigned) together + 1);
    pthread_barrier_init(&end, NULL, (unsigned) together + 1);
    press_key("start threads");
    checkpoint("before");
    for (int i = 0; i < count - together; i++) {
        start(&threads[0], NULL);
        pthread_join(threads[0], NULL);
    }
    for (int i = 0; i < together; i++)
        start(&threads[i], &yes);
    pthread_barrier_wait(&ready);
    checkpoint("all have one");
    press_key("end them");

    pthread_barrier_wait(&end);
    for (int i = 0; i < together; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
