/* churn: allocate and free many blocks of mixed sizes; one pair in ten goes to the kernel.

   Usage: churn [PAIRS [EVERY]]        (default 100000 pairs, every 10th large; 0 for none)

   Nine sizes in ten are small and served from the heap; every tenth lies above a threshold that is fixed at 128 KiB, so that
   malloc maps it and free unmaps it. The work for an observer is 2 system calls for every 10 pairs; the program itself
   prints nothing and touches little.

   By hand: strace -c -e trace=memory ./churn 1000
        mmap and munmap are called 100 times each, beside what the loader does.

   Try: churn 1000
        -> mmap 100, munmap 100, ends 0
   Try: churn 1000 0
        -> mmap 0, munmap 0, ends 0 */
#include <malloc.h>
#include <stdlib.h>

#include "../common/die.h"

#define THRESHOLD (128 * 1024)

int main(int argc, char *argv[])
{
    long pairs = 100000;
    long every = 10;

    if (argc > 3)
        usage("[PAIRS [EVERY]]");
    if (argc >= 2)
        pairs = number("PAIRS", argv[1], 1, 100000000);
    if (argc == 3)
        every = number("EVERY", argv[2], 0, 100000000);
    if (mallopt(M_MMAP_THRESHOLD, THRESHOLD) == 0)
        die("mallopt");

    for (long i = 0; i < pairs; i++) {
        int large = every != 0 && i % every == every - 1;
        size_t size = large ? THRESHOLD + (size_t) (i % 7) * 4096 : 16 + (size_t) (i % 97) * 40;
        char *block = malloc(size);

        if (block == NULL)
            die("malloc of %zu bytes", size);
        block[0] = 1;
        free(block);
    }
    return EXIT_SUCCESS;
}
