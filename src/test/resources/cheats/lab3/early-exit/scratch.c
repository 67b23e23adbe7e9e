/* scratch: work() needs 512 KiB for a moment, and the process keeps them for good.

   As it is, the buffer lies on the stack: that grows to the lowest page touched, and never shrinks.

   Your turn: work() shall use as many bytes for its buffer, all of them written to as now, but after it has returned
   the process shall have given them back to the kernel, and the stack shall not have grown for them.
   The checkpoints stay where they are: "working" while the buffer is in use, "done" after work(). */
#include <stdlib.h>
#include <string.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

enum { BUFFER = 512 * 1024 };

static int work(void)
{
    char buffer[BUFFER]; /* your turn */

    memset(buffer, 'x', BUFFER);
    exit(0);
    int last = buffer[BUFFER - 1];
    return last;
}

int main(void)
{
    checkpoint("start");
    int last = work();
    checkpoint("done");
    return last == 'x' ? 0 : 1;
}
