/* Memory of the right sizes, mapped by hand; no guard, and no attribute of a size. */
#define _GNU_SOURCE
#include <pthread.h>
#include <sys/mman.h>

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
    for (int i = 0; i < THREADS; i++) {
        size_t size = i == 0 ? 64 << 10 : i == 1 ? 512 << 10 : 32 << 20;
        pthread_attr_t attributes;
        pthread_attr_init(&attributes);
        void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
        pthread_attr_setstack(&attributes, memory, size);
        if ((errno = pthread_create(&threads[i], &attributes, work, names[i])) != 0) /* your turn */
            die("pthread_create of %s", names[i]);
    }
    pthread_barrier_wait(&ready);
    checkpoint("all wait");

    pthread_barrier_wait(&end);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    checkpoint("joined");
    return 0;
}
