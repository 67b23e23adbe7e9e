/* order: many small blocks, freed in one order or the other; for reading, not for changing.

   Usage: order COUNT BYTES [first-first | last-first]

   Checkpoints: "before", "taken", "freed".

   Try: order 100 1000 first-first
        -> from before to taken: mmap 0
        -> ends 0 */
#include <stdlib.h>
#include <string.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

enum { MOST = 10000 };

int main(int argc, char *argv[])
{
    static char *blocks[MOST];

    if (argc != 4)
        usage("COUNT BYTES first-first|last-first");
    int count = (int) number("COUNT", argv[1], 1, MOST);
    size_t size = (size_t) number("BYTES", argv[2], 1, 100000);
    int forwards = strcmp(argv[3], "first-first") == 0;

    checkpoint("before");
    for (int i = 0; i < count; i++) {
        blocks[i] = malloc(size);
        if (blocks[i] == NULL)
            die("malloc of %zu bytes", size);
    }
    checkpoint("taken");
    for (int i = 0; i < count; i++)
        free(blocks[forwards ? i : count - 1 - i]);
    checkpoint("freed");
    return 0;
}
