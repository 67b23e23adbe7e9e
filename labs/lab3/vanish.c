/* vanish: blocks and an array that nobody looks at; for reading, not for changing.

   Built with -O0 the heap grows by 1 MiB and the stack by 512 KiB; built with -O2 nothing of it happens.

   Try: vanish
        -> from start to heap: heap +, mmap 0
        -> from heap to stack: stack +, mmap 0, brk 0
   Try: vanish with -O2
        -> from start to stack: heap same, stack same, brk 0
        -> ends 0 */
#include <stdlib.h>
#include <string.h>

#include "../../sample-c/common/checkpoint.h"

enum { BLOCKS = 64, SIZE = 16 * 1024, ARRAY = 512 * 1024 };

static void use_heap(void)
{
    for (int i = 0; i < BLOCKS; i++) {
        char *block = malloc(SIZE);
        block[0] = 1;
    }
}

static void use_stack(void)
{
    char array[ARRAY];

    memset(array, 1, sizeof array);
}

int main(void)
{
    checkpoint("start");
    use_heap();
    checkpoint("heap");
    use_stack();
    checkpoint("stack");
    return 0;
}
