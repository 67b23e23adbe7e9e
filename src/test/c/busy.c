/* busy: map, unmap, allocate and fork in turn for ever, in two threads, so that a signal from outside meets it anywhere.

   Usage: busy [MARK] */
#include <pthread.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "checkpoint.h"
#include "die.h"

static void *maps(void *unused)
{
    for (unsigned turn = 0;; turn++) {
        char *memory = mmap(NULL, 1 << 16, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED)
            die("mmap");
        memory[turn % (1 << 16)] = 1;
        munmap(memory, 1 << 16);
        if (turn % 64 == 0)
            checkpoint("turn");
    }
    return unused;
}

int main(void)
{
    pthread_t thread;
    if (pthread_create(&thread, NULL, maps, NULL) != 0)
        fail("no thread");
    for (;;) {
        pid_t child = fork();
        if (child == 0)
            _exit(0);
        waitpid(child, NULL, 0);
        free(malloc(1 << 20));
    }
}
