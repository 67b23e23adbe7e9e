/* mallopt: a small block that is mapped, and a large one that is not.

   As it is, the 100 KiB come from the heap and the 256 KiB from a mapping: the threshold of mmap is 128 KiB.

   Your turn: call mallopt(3) at the two places so that it is the other way round.
   Leave the requests and the checkpoints as they are. */
#include <malloc.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

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

    /* Your turn, first place: the 100 KiB below shall be mapped. */

    checkpoint("before small");
    char *small = mmap(NULL, SMALL, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (small == NULL)
        die("malloc of 100 KiB");
    small[0] = 1;
    checkpoint("small taken");

    /* Your turn, second place: the 256 KiB below shall come from the heap. */

    checkpoint("before large");
    char *large = sbrk(LARGE);
    if (large == NULL)
        die("malloc of 256 KiB");
    large[0] = 1;
    checkpoint("large taken");

    return 0;
}
