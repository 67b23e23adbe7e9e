/* alloc_size: take STEPS blocks of SIZE bytes, one at a key press, and free the last one.

   Usage: alloc_size

   Build: make alloc_size                                       10 blocks of 32 KiB
          make -B alloc_size DEFINES="-DSTEPS=5 -DSIZE=262144"  5 blocks of 256 KiB

   The program has a leak, and it is meant to: p holds the newest block alone, so the earlier ones can never be freed.

   By hand: pmap $(pgrep alloc_size) after each key, with 32 KiB
        [heap] is longer only now and then: one brk(2) serves several mallocs.
   By hand: the same with 256 KiB
        [heap] keeps its length; each key adds one mapping, a little longer than the block,
        and the last key but one takes one away again.
   By hand: strace -e trace=brk,mmap,munmap build/alloc_size
        says the same in system calls.

   Try: alloc_size
        -> brk 2-9, mmap 0, ends 0
   Try: alloc_size with -DSIZE=262144
        -> mmap 10, munmap 1, brk 1, ends 0 */
#include <stdio.h>
#include <stdlib.h>

#include "../common/die.h"
#include "../common/prompt.h"

#ifndef STEPS
#define STEPS 10
#endif

#ifndef SIZE
#define SIZE (32 * 1024)
#endif

int main(void)
{
    char *p = NULL;

    for (int step = 1; step <= STEPS; step++) {
        press_key("allocate");
        p = malloc(SIZE);
        if (p == NULL)
            die("malloc of %ld bytes, block %d", (long) SIZE, step);
    }

    press_key("deallocate");
    free(p);

    press_key("close");
    return 0;
}
