/* threads: four workers that map, unmap, protect and allocate as fast as they can, and one thread that waits.

   Checkpoints: "all run" while they do, "again" later, "done" when they have ended. */
#define _GNU_SOURCE
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include "checkpoint.h"
#include "die.h"

enum { WORKERS = 4, TURNS = 300 };

static pthread_barrier_t barrier;
static volatile int waiting;

static void *work(void *number)
{
    char name[16];
    snprintf(name, sizeof name, "worker-%ld", (long) number);
    pthread_setname_np(pthread_self(), name);
    pthread_barrier_wait(&barrier);
    for (int turn = 0; turn < TURNS; turn++) {
        size_t length = (size_t) (1 + turn % 7) * 4096;
        char *memory = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED)
            die("mmap");
        memory[0] = 1;
        if (turn % 3 == 0)
            mprotect(memory, 4096, PROT_READ);
        free(malloc(200000));
        munmap(memory, length);
    }
    return NULL;
}

static void *wait_for_ever(void *unused)
{
    pthread_setname_np(pthread_self(), "waiter");
    waiting = gettid();
    for (;;)
        pause();
    return unused;
}

static void await_sleep(void)
{
    char path[64], state = '?';
    while (waiting == 0)
        continue;
    snprintf(path, sizeof path, "/proc/self/task/%d/stat", waiting);
    while (state != 'S') {
        FILE *file = fopen(path, "r");
        if (file == NULL || fscanf(file, "%*d (%*[^)]) %c", &state) != 1)
            die("%s", path);
        fclose(file);
    }
}

int main(void)
{
    pthread_t workers[WORKERS], waiter;
    pthread_barrier_init(&barrier, NULL, WORKERS + 1);
    for (long i = 0; i < WORKERS; i++)
        if (pthread_create(&workers[i], NULL, work, (void *) i) != 0)
            fail("no thread");
    if (pthread_create(&waiter, NULL, wait_for_ever, NULL) != 0)
        fail("no thread");
    await_sleep();
    pthread_barrier_wait(&barrier);
    checkpoint("all run");
    for (volatile int turn = 0; turn < 1000000; turn++)
        continue;
    checkpoint("again");
    for (int i = 0; i < WORKERS; i++)
        pthread_join(workers[i], NULL);
    checkpoint("done");
    return 0;
}
