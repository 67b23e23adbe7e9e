/* blocks: four blocks, and where they lie; for reading, not for changing.

   Usage: blocks SMALL LARGE SECOND THIRD

   a  SMALL bytes
   b  LARGE bytes; then b is freed
   c  SECOND bytes, after that
   d  THIRD bytes

   Checkpoint: "all taken", with a, c and d in use; b is at "b taken".

   Try: blocks 1000 2000 3000 4000
        -> from before to all taken: mmap 0
        -> ends 0 */
#include <stdint.h>
#include <stdlib.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

static char *take(const char *name, const char *bytes)
{
    size_t size = (size_t) number(name, bytes, 1, INTPTR_MAX);
    char *block = malloc(size);

    if (block == NULL)
        die("malloc of %zu bytes", size);
    block[0] = 1;
    return block;
}

int main(int argc, char *argv[])
{
    if (argc != 5)
        usage("SMALL LARGE SECOND THIRD");

    checkpoint("before");
    char *a = take("SMALL", argv[1]);
    char *b = take("LARGE", argv[2]);
    checkpoint("b taken");
    free(b);
    char *c = take("SECOND", argv[3]);
    char *d = take("THIRD", argv[4]);
    checkpoint("all taken");

    free(d);
    free(c);
    free(a);
    return 0;
}
