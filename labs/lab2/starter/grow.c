/* grow: take four blocks of SIZE bytes.

   With the size below all four come from the heap.

   Your turn: change the size, and nothing else, so that each of the four gets a mapping of its own,
   and none of them moves the program break. The smallest size that does it is the best answer, but any will do. */
#include <stdlib.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

#define SIZE (32 * 1024) /* your turn */

enum { BLOCKS = 4 };

int main(void)
{
    char *blocks[BLOCKS];

    /* The first malloc of a program makes the heap, whatever it is for. */
    free(malloc(1));

    checkpoint("before");
    for (int i = 0; i < BLOCKS; i++) {
        blocks[i] = malloc(SIZE);
        if (blocks[i] == NULL)
            die("malloc of %ld bytes", (long) SIZE);
        blocks[i][0] = 1;
    }
    checkpoint("taken");

    for (int i = 0; i < BLOCKS; i++)
        free(blocks[i]);
    checkpoint("freed");
    return 0;
}
