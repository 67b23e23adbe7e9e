/* small_blocks: take many small blocks of several sizes, and say where the first lies.

   Usage: small_blocks */
#include <stdio.h>
#include <stdlib.h>

#include "checkpoint.h"
#include "die.h"

int main(void)
{
    for (size_t size = 8; size <= 800; size += 8) {
        char *block = malloc(size);
        if (block == NULL)
            die("malloc");
        block[0] = 1;
    }
    checkpoint("taken");
    return 0;
}
