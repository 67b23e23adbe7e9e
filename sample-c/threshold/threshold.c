/* threshold: allocate one block of a given size and free it: did it come from the heap or from a mapping of its own?

   Usage: threshold BYTES [fresh | exhausted | pinned-by-env]

       fresh           the block is the first that the program asks for (default)
       exhausted       small blocks use up the room at the top of the heap first
       pinned-by-env   as fresh, but the environment must fix the rule, or the program refuses to run:
                       GLIBC_TUNABLES=glibc.malloc.mmap_threshold=131072:glibc.malloc.top_pad=0

   Checkpoints: "before", "allocated", "freed". Nothing is printed before the last, since stdio allocates too.

   By hand: threshold 131072
        in the heap: glibc maps a block of 128 KiB only if the heap has no room for it, and a new heap begins with 132 KiB.
   By hand: threshold 131072 exhausted
        in a mapping of its own: with no room left, the size decides.
   By hand: GLIBC_TUNABLES=... threshold 131072 pinned-by-env, then 131048
        a mapping, then the heap: the plain rule of the books. A threshold that is set also no longer adapts.

   Try: threshold 100000
        -> from before to allocated: brk 1, mmap 0, heap +
   Try: threshold 67108864
        -> from before to allocated: mmap 1, anonymous +
        -> from allocated to freed: munmap 1, anonymous - */
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../common/checkpoint.h"
#include "../common/die.h"

enum { FILLER = 1000, FILLERS_AT_MOST = 10000 };

static const char arguments[] = "BYTES [fresh | exhausted | pinned-by-env]";

/* Take small blocks until what lies between the newest and the break would not hold many more. They stay. */
static void exhaust_top(void)
{
    for (int i = 0; i < FILLERS_AT_MOST; i++) {
        char *block = malloc(FILLER);
        if (block == NULL)
            die("malloc of %d bytes", FILLER);
        if ((char *) sbrk(0) - (block + malloc_usable_size(block)) < 2 * FILLER)
            return;
    }
    fail("the top of the heap cannot be exhausted: this allocator does not use the program break as glibc does");
}

int main(int argc, char *argv[])
{
    if (argc < 2 || argc > 3)
        usage(arguments);
    size_t size = (size_t) number("BYTES", argv[1], 0, INTPTR_MAX);
    const char *mode = argc > 2 ? argv[2] : "fresh";
    char *heap = sbrk(0);
    if (heap == (void *) -1)
        die("sbrk");

    if (strcmp(mode, "exhausted") == 0) {
        exhaust_top();
    } else if (strcmp(mode, "pinned-by-env") == 0) {
        const char *tunables = getenv("GLIBC_TUNABLES");
        if (tunables == NULL || strstr(tunables, "glibc.malloc.mmap_threshold=") == NULL)
            fail("set GLIBC_TUNABLES=glibc.malloc.mmap_threshold=131072:glibc.malloc.top_pad=0 first");
    } else if (strcmp(mode, "fresh") != 0) {
        usage(arguments);
    }

    checkpoint("before");
    char *block = malloc(size);
    if (block == NULL)
        die("malloc of %zu bytes", size);
    checkpoint("allocated");
    int in_heap = block >= heap && block < (char *) sbrk(0);
    free(block);
    checkpoint("freed");

    if (printf("%zu bytes, %s: in %s\n", size, mode, in_heap ? "the heap" : "a mapping of its own") < 0 || fflush(stdout) == EOF)
        die("write to standard output");
    return 0;
}
