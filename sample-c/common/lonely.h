/* lonely.h: memory that no neighbour's row merges with. */
#ifndef BRKMAP_LONELY_H
#define BRKMAP_LONELY_H

#include <sys/mman.h>

#include "die.h"

/* Private anonymous memory of so many bytes, a multiple of the page's, between two pages without access. */
static inline char *lonely(long bytes, long page)
{
    char *memory = mmap(NULL, (size_t) (bytes + 2 * page), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (memory == MAP_FAILED)
        die("mmap of %ld bytes", bytes + 2 * page);
    if (mprotect(memory + page, (size_t) bytes, PROT_READ | PROT_WRITE) == -1)
        die("mprotect of %ld bytes", bytes);
    return memory + page;
}

#endif
