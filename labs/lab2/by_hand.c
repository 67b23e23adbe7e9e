/* by_hand: moves the program break without malloc; for reading, not for changing.

   Checkpoints: "start", "grown" (four pages more), "back" (as at the start).

   By hand: strace -e trace=brk ./by_hand
        two moves, and before them the question where the break is: brk(NULL)

   Try: by_hand
        -> from start to grown: brk 1, heap +16K, mmap 0
        -> from grown to back: brk 1, heap -16K
        -> ends 0 */
#include <unistd.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

int main(void)
{
    char *start = sbrk(0);
    long bytes = 4 * sysconf(_SC_PAGESIZE);

    checkpoint("start");
    char *grown = sbrk(bytes);
    if (grown == (char *) -1)
        die("sbrk of %ld bytes", bytes);
    for (long i = 0; i < bytes; i++)
        grown[i] = 1;
    checkpoint("grown");

    if (brk(start) == -1)
        die("brk back to %p", (void *) start);
    checkpoint("back");
    return 0;
}
