/* mallopt: a small block that is mapped, and a large one that is not.

   As it is, the 100 KiB come from the heap and the 256 KiB from a mapping: the threshold of mmap is 128 KiB.

   Your turn: call mallopt(3) at the two places so that it is the other way round.
   Leave the requests and the checkpoints as they are. */
#include <malloc.h>
#include <stdlib.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

#define SMALL (100 * 1024)
#define LARGE (256 * 1024)

int main(void)
{
    /* Use up the room at the top of the heap, so that the threshold decides. */
    for (int i = 0; i < 3; i++)
        if (malloc(40 * 1024) == NULL)
            die("malloc of 40 KiB");

    if (mallopt(M_MMAP_THRESHOLD, 64 * 1024) == 0)
        fail("mallopt refuses a threshold of 64 KiB");

    checkpoint("before small");
    char *small = malloc(SMALL);
    if (small == NULL)
        die("malloc of 100 KiB");
    small[0] = 1;
    checkpoint("small taken");

    if (mallopt(M_MMAP_THRESHOLD, 1024 * 1024) == 0)
        fail("mallopt refuses a threshold of 1 MiB");

    checkpoint("before large");
    char *large = malloc(LARGE);
    if (large == NULL)
        die("malloc of 256 KiB");
    large[0] = 1;
    checkpoint("large taken");

    free(large);
    free(small);
    return 0;
}
