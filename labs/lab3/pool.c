/* pool: a program with a small pool, for those who bring no larger one; for reading, not for changing.

   Both definitions are weak: if another file of the program defines the same names, the linker takes those.

   Try: pool
        -> from start to used: mmap 0, brk 0, memory same
        -> ends 0 */
#include <string.h>

#include "../../sample-c/common/checkpoint.h"
#include "pool.h"

__attribute__((weak)) char pool[4096];
__attribute__((weak)) unsigned long pool_size = sizeof pool;

int main(void)
{
    checkpoint("start");
    memset(pool, 1, pool_size);
    checkpoint("used");
    return 0;
}
