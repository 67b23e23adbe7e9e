/* map_pages: so many pages of fresh memory, and back.

   Usage: map_pages PAGES

   Your turn: write map_pages() and unmap_pages(). The pages are one new mapping of their own, readable, writable,
   private, without a file; they are zero, and nothing else of the address space changes. See mmap(2).
   main() stays as it is. */
#define _DEFAULT_SOURCE
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

static char *map_pages(size_t pages)
{
    /* The heap is no mapping of its own. */
    char *start = sbrk((intptr_t) (pages * (size_t) sysconf(_SC_PAGESIZE)));

    if (start == (char *) -1)
        die("sbrk of %zu pages", pages);
    return start;
}

static void unmap_pages(char *start, size_t pages)
{
    (void) start;
    if (sbrk(-(intptr_t) (pages * (size_t) sysconf(_SC_PAGESIZE))) == (void *) -1)
        die("sbrk of -%zu pages", pages);
}

int main(int argc, char *argv[])
{
    if (argc != 2)
        usage("PAGES");
    size_t pages = (size_t) number("PAGES", argv[1], 1, 1 << 20);
    size_t bytes = pages * (size_t) sysconf(_SC_PAGESIZE);

    checkpoint("start");
    char *start = map_pages(pages);
    checkpoint("mapped");
    for (size_t i = 0; i < bytes; i++)
        if (start[i] != 0)
            fail("byte %zu is not zero", i);
    memset(start, 1, bytes);
    checkpoint("written");
    unmap_pages(start, pages);
    checkpoint("unmapped");
    return 0;
}
