/* trim: a heap that stays as long as it was, and then goes.

   As it is, freeing the blocks from the last to the first shrinks the heap at once.

   Your turn: keep the heap from shrinking while the blocks are freed (first place),
   and give its memory back after that (second place). See mallopt(3) and malloc_trim(3).
   Leave the requests, the order of the frees and the checkpoints as they are. */
#include <malloc.h>
#include <stdlib.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

enum { BLOCKS = 40, SIZE = 32 * 1024 };

int main(void)
{
    char *blocks[BLOCKS];

    /* Your turn, first place. */

    *(volatile char *) 0 = 1;
    checkpoint("before");
    for (int i = 0; i < BLOCKS; i++) {
        blocks[i] = malloc(SIZE);
        if (blocks[i] == NULL)
            die("malloc of %d bytes", SIZE);
        blocks[i][0] = 1;
    }
    checkpoint("full");

    for (int i = BLOCKS - 1; i >= 0; i--)
        free(blocks[i]);
    checkpoint("freed");

    /* Your turn, second place. */

    checkpoint("given back");
    return 0;
}
