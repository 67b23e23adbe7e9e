/* neighbours: ten blocks large enough to be mapped, side by side; then the middle one goes.

   Usage: neighbours

   Checkpoints: "before"; "block 0" to "block 9" after each malloc; "middle freed"; "all freed".

   By hand: strace -e trace=mmap,munmap neighbours
        ten mmap calls of one length, each ending where the one before begins.
   By hand: run it by hand and look at /proc/PID/maps at the prompt
        not ten rows more but one longer row: the kernel merges neighbours that are alike, even with what was there before.
        Freeing the fifth leaves a hole, so the row becomes two: an munmap that *adds* a row.

   Try: neighbours
        -> from block 0 to block 9: mmap 9, anonymous +
        -> from block 9 to middle freed: munmap 1, anonymous -
        -> ends 0 */
#include <stdio.h>
#include <stdlib.h>

#include "../common/checkpoint.h"
#include "../common/die.h"
#include "../common/prompt.h"

enum { BLOCKS = 10, MIDDLE = 4, SIZE = 200000 };

int main(void)
{
    char *blocks[BLOCKS];
    char label[] = "block 0";

    checkpoint("before");
    for (int i = 0; i < BLOCKS; i++) {
        blocks[i] = malloc(SIZE);
        if (blocks[i] == NULL)
            die("malloc of %d bytes", SIZE);
        label[sizeof label - 2] = (char) ('0' + i);
        checkpoint(label);
    }

    press_key("free the middle one");
    free(blocks[MIDDLE]);
    checkpoint("middle freed");

    press_key("free the others");
    for (int i = 0; i < BLOCKS; i++)
        if (i != MIDDLE)
            free(blocks[i]);
    checkpoint("all freed");
    return 0;
}
