/* Moves memory in the ways that samples do not, and marks a checkpoint after each. Written for RealProgramsTest. */
#define _GNU_SOURCE
#include <alloca.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "checkpoint.h"

#define BLOCK (4u << 20)

static pthread_barrier_t reached;

static void *allocate_in_thread(void *argument)
{
    char *block = malloc(1000);
    if (block)
        block[0] = 1;
    pthread_barrier_wait(&reached);
    pthread_barrier_wait(&reached);
    free(block);
    return argument;
}

static void touch_stack(void)
{
    char *deep = alloca(BLOCK / 4);
    memset(deep, 1, BLOCK / 4);
    checkpoint("deep");
}

int main(void)
{
    pthread_t thread;
    char *block = malloc(BLOCK);
    char *fence = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (!block || fence == MAP_FAILED)
        return 1;
    checkpoint("start");
    block = realloc(block, 16 * (size_t) BLOCK);
    if (!block)
        return 1;
    checkpoint("moved");
    memset(block, 1, BLOCK);
    checkpoint("touched");
    madvise((void *) (((size_t) block + 4096) & ~(size_t) 4095), BLOCK - 8192, MADV_DONTNEED);
    checkpoint("advised");
    pthread_barrier_init(&reached, NULL, 2);
    if (pthread_create(&thread, NULL, allocate_in_thread, NULL))
        return 1;
    pthread_barrier_wait(&reached);
    checkpoint("thread");
    pthread_barrier_wait(&reached);
    pthread_join(thread, NULL);
    checkpoint("joined");
    void *library = dlopen("libm.so.6", RTLD_NOW);
    if (!library)
        return 1;
    checkpoint("opened");
    dlclose(library);
    checkpoint("closed");
    touch_stack();
    free(block);
    return 0;
}
