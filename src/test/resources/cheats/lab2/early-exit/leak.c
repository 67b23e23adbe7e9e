/* leak: twenty blocks are taken and used, and one of them is freed.

   Your turn: free all of them. The requests stay as they are: the same twenty, each written to in its whole length,
   and the checkpoint "used" comes when all of them are there, as it does now. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

enum { BLOCKS = 20 };

/* Every other one is large. */
static size_t size_of(int block)
{
    return block % 2 == 0 ? 3000 : 200000;
}

int main(void)
{
    char *block = NULL;

    checkpoint("before");
    for (int i = 0; i < BLOCKS; i++) {
        block = malloc(size_of(i));
        if (block == NULL)
            die("malloc of %zu bytes", size_of(i));
        memset(block, 'x', size_of(i));
    }
    checkpoint("used");

    _exit(0);
    checkpoint("freed");
    return 0;
}
