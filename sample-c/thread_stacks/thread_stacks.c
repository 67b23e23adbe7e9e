/* thread_stacks: threads that wait, each on a stack of its own.

   Usage: thread_stacks [COUNT [KIB]]      (default 3 threads, and the size that the C library takes by itself)

   Checkpoints: "all wait" with every thread in its function, "joined" when they have ended.

   By hand: thread_stacks, and grep -B1 -A1 8192 -- with pmap $(pgrep thread_stacks)
        three rows of 8192K, and below each a row of 4K without access: its guard.
   By hand: ulimit -s 1024, and the same again
        rows of 1024K: a thread's stack is made as large as the limit of the main one was when the program began.

   Try: thread_stacks 3 256
        -> from before to all wait: mmap 3, clone 3, thread stack +768K
        -> ends 0 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdint.h>

#include "../common/checkpoint.h"
#include "../common/die.h"
#include "../common/prompt.h"

enum { MOST = 32 };

static pthread_barrier_t ready, end;

static void *work(void *number)
{
    char name[16];

    snprintf(name, sizeof name, "worker-%d", (int) (intptr_t) number);
    pthread_setname_np(pthread_self(), name);
    pthread_barrier_wait(&ready);
    pthread_barrier_wait(&end);
    return NULL;
}

int main(int argc, char *argv[])
{
    pthread_t threads[MOST];
    pthread_attr_t attributes;

    if (argc > 3)
        usage("[COUNT [KIB]]");
    int count = argc > 1 ? (int) number("COUNT", argv[1], 1, MOST) : 3;
    if ((errno = pthread_attr_init(&attributes)) != 0)
        die("pthread_attr_init");
    if (argc > 2) {
        size_t bytes = (size_t) number("KIB", argv[2], 16, 1 << 20) * 1024;
        if ((errno = pthread_attr_setstacksize(&attributes, bytes)) != 0)
            die("pthread_attr_setstacksize to %zu bytes", bytes);
    }

    pthread_barrier_init(&ready, NULL, (unsigned) count + 1);
    pthread_barrier_init(&end, NULL, (unsigned) count + 1);
    press_key("start threads");
    checkpoint("before");
    for (int i = 0; i < count; i++)
        if ((errno = pthread_create(&threads[i], &attributes, work, (void *) (intptr_t) (i + 1))) != 0)
            die("pthread_create");
    pthread_barrier_wait(&ready);
    checkpoint("all wait");
    press_key("end them");

    pthread_barrier_wait(&end);
    for (int i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
    checkpoint("joined");
    return 0;
}
