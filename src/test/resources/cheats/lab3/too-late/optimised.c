/* optimised: sixteen blocks that are taken from the heap, until somebody optimises.

   As it is, the heap grows by 1 MiB if you compile with -O0, and not at all with -O2: what a block holds is never
   looked at, so the compiler leaves the block out.

   Your turn: change the program so that a compiler has to take all sixteen blocks, with -O2 too.
   Size and number of the requests stay as they are, and so do the checkpoints.

   Build and look by hand:  gcc -g -O2 -o optimised optimised.c && ltrace -e malloc ./optimised */
#include <stdlib.h>

#include "../../sample-c/common/checkpoint.h"

enum { BLOCKS = 16, SIZE = 64 * 1024 };

char *blocks[BLOCKS];

static void take(void)
{
    for (int i = 0; i < BLOCKS; i++) {
        blocks[i] = malloc(SIZE);
        blocks[i][0] = 1;
    }
}

int main(void)
{
    take();
    checkpoint("before");
    checkpoint("taken");
    return 0;
}
