/*
 * Makes CALLS random memory calls from SEED inside a range of its own, and marks a checkpoint after every tenth. Written
 * for StormTest: whatever the calls did, failed ones included, a replay of them must come to what the kernel shows.
 */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

#include "checkpoint.h"

#define PAGES 64

static uint32_t state;

static uint32_t random_below(uint32_t limit)
{
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % limit;
}

static int protection(void)
{
    static const int kinds[] = { PROT_NONE, PROT_READ, PROT_READ | PROT_WRITE, PROT_READ | PROT_EXEC };
    return kinds[random_below(4)];
}

int main(int argc, char **argv)
{
    size_t page = (size_t) sysconf(_SC_PAGESIZE);
    if (argc < 3)
        return 2;
    state = (uint32_t) atoi(argv[1]);
    int fd = memfd_create("storm", 0);
    if (fd == -1 || ftruncate(fd, (off_t) (PAGES * page)) == -1)
        return 1;
    int segment = shmget(IPC_PRIVATE, 4 * page, IPC_CREAT | 0600);
    char *base = mmap(NULL, PAGES * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (base == MAP_FAILED)
        return 1;
    for (int call = 0; call < atoi(argv[2]); call++) {
        char *at = base + random_below(PAGES - 8) * page;
        char *to = base + random_below(PAGES - 8) * page;
        size_t length = (1 + random_below(8)) * page - random_below((uint32_t) page);
        off_t offset = (off_t) (random_below(PAGES / 2) * page);
        switch (random_below(14)) {
        case 0:
        case 1:
            mmap(at, length, protection(), MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            break;
        case 2:
            mmap(at, length, protection(), MAP_FIXED | MAP_PRIVATE, fd, offset);
            break;
        case 3:
            mmap(at, length, protection() & ~PROT_EXEC, MAP_FIXED | MAP_SHARED, fd, offset);
            break;
        case 4:
            mmap(at, length, protection(), MAP_FIXED_NOREPLACE | MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            break;
        case 5:
            mmap(at, length, protection(), MAP_FIXED | MAP_SHARED | MAP_ANONYMOUS, -1, 0);
            break;
        case 6:
            munmap(at, length);
            break;
        case 7:
        case 8:
            mprotect(at, length, protection());
            break;
        case 9:
            mremap(at, length, (1 + random_below(8)) * page, MREMAP_MAYMOVE);
            break;
        case 10: /* of one whole mapping: what a move that fails half-way leaves behind differs between kernels */
            if (at < to + 8 * page && to < at + 8 * page)
                break;
            mmap(at, length, protection(), MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            mremap(at, length, (1 + random_below(8)) * page, MREMAP_MAYMOVE | MREMAP_FIXED, to);
            break;
        case 11:
            if (sbrk((intptr_t) (random_below(6) * page) - (intptr_t) (2 * page)) == (void *) -1)
                break;
            break;
        case 12:
            if (shmat(segment, at, SHM_REMAP | (random_below(2) ? SHM_RDONLY : 0)) == (void *) -1)
                shmdt(at);
            break;
        default:
            if (random_below(2))
                shmdt(at);
            else
                madvise(at, length, random_below(2) ? MADV_DONTNEED : MADV_DONTFORK);
        }
        if (call % 10 == 9)
            checkpoint("storm");
        if (call % 50 == 49) {
            pid_t child = fork();
            if (child == 0) {
                munmap(to, length);
                checkpoint("child");
                _exit(0);
            }
            if (child > 0)
                waitpid(child, NULL, 0);
        }
    }
    shmctl(segment, IPC_RMID, NULL);
    return 0;
}
