/* freed: what free(3) leaves of a block; for reading, not for changing.

   Usage: freed BYTES              at least 16, a multiple of 8

   It fills a block with words, no two of them alike, and frees it. Checkpoints: "filled", "freed". point_at(1) shows the block.

   Try: freed 400
        -> from filled to freed: brk 0, munmap 0, heap same
        -> ends 0 */
#include <stdint.h>
#include <stdlib.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"
#include "../../sample-c/common/point.h"

int main(int argc, char *argv[])
{
    if (argc != 2)
        usage("BYTES");
    size_t words = (size_t) number("BYTES", argv[1], 16, 1 << 20) / sizeof(uint64_t);
    uint64_t *block = malloc(words * sizeof *block);
    if (block == NULL)
        die("malloc of %zu words", words);
    for (size_t i = 0; i < words; i++)
        block[i] = 0x5ec2e7a11de00000 + i;
    point_at(1, block);
    checkpoint("filled");
    free(block);
    checkpoint("freed");
    return 0;
}
