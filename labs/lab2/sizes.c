/* sizes: small blocks one after the other; for reading, not for changing.

   The distance from one to the next tells how much a block really takes.

   By hand: gcc -O0 -o sizes sizes.c && ltrace -e malloc ./sizes

   Try: sizes
        -> from before to taken: mmap 0
        -> ends 0 */
#include <stdlib.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

int main(void)
{
    static const size_t sizes[] = {1, 24, 25, 40, 41, 100, 600, 1000, 1025, 5000, 33000, 1};

    checkpoint("before");
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char *block = malloc(sizes[i]);

        if (block == NULL)
            die("malloc of %zu bytes", sizes[i]);
        block[0] = 1;
    }
    checkpoint("taken");
    return 0;
}
