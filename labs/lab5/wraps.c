/* wraps: more memory than mallinfo can count. For reading, not for changing.

   Usage: wraps BLOCKS                     blocks of 256 MiB from malloc, none of them touched

   Prints what mallinfo(3) says of the mapped blocks, and what mallinfo2(3) does. The first counts in ints.

   Try: wraps 2
        -> mmap 2, ends 0 */
#include <malloc.h>

#include "../../sample-c/common/die.h"

#define SIZE ((size_t) 256 << 20)

#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

int main(int argc, char *argv[])
{
    if (argc != 2)
        usage("BLOCKS");
    long count = number("BLOCKS", argv[1], 1, 64);

    for (long i = 0; i < count; i++)
        if (malloc(SIZE) == NULL)
            die("malloc of %zu bytes", SIZE);
    printf("%d %zu\n", mallinfo().hblkhd, mallinfo2().hblkhd);
    return 0;
}
