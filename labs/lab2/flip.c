/* flip: one request of 200000 bytes, and what came before it; for reading, not for changing.

   Usage: flip [neighbours | apart | top-pad | nothing]

   nothing      the top of the heap is too short for it
   neighbours   two freed blocks of 100000 bytes lie side by side
   apart        the same two, with a block in use between them
   top-pad      the heap was made with 1 MiB more than it needed: mallopt(M_TOP_PAD, ...)

   Checkpoints: "before", with all that prepared, and "taken".

   Try: flip neighbours
        -> from before to taken: mmap 0, brk 0, heap same
   Try: flip apart
        -> from before to taken: mmap 1, brk 0, heap same
        -> ends 0 */
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

enum { BLOCK = 100000, REQUEST = 2 * BLOCK };

static char *take(size_t bytes)
{
    char *block = malloc(bytes);

    if (block == NULL)
        die("malloc of %zu bytes", bytes);
    block[0] = 1;
    return block;
}

int main(int argc, char *argv[])
{
    if (argc != 2)
        usage("neighbours|apart|top-pad|nothing");
    if (strcmp(argv[1], "top-pad") == 0 && mallopt(M_TOP_PAD, 1024 * 1024) == 0)
        die("mallopt of the top pad");

    char *first = take(BLOCK);
    char *second = take(BLOCK);
    char *third = take(BLOCK);
    char *last = take(1000);
    int neighbours = strcmp(argv[1], "neighbours") == 0;
    int apart = strcmp(argv[1], "apart") == 0;

    if (neighbours || apart)
        free(first);
    if (neighbours)
        free(second);
    if (apart)
        free(third);
    checkpoint("before");
    char *large = take(REQUEST);
    checkpoint("taken");

    free(large);
    free(last);
    return 0;
}
