/* raise: a recursion that needs 12 MiB of stack, under a limit of 2 MiB.

   The lab starts it as the shell would after "ulimit -S -s 2048": soft limit 2 MiB, hard limit as it was.
   As it is, it dies of SIGSEGV on its way down.

   Your turn: raise the limit from within the program, so that it comes back from its deepest call.
   Leave the recursion and the checkpoints as they are. See setrlimit(2).

   By hand:  gcc -g -O0 -o raise raise.c && (ulimit -S -s 2048; ./raise; echo $?) */
#include <string.h>
#include <sys/resource.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

enum { FRAME = 1024, DEPTH = 12 * 1024 };

static int go_down(int depth)
{
    char frame[FRAME];
    int below = 0;

    memset(frame, 1, sizeof frame);
    if (depth > 0)
        below = go_down(depth - 1);
    else
        checkpoint("deepest");
    return below + frame[0];
}

int main(void)
{
    /* Your turn. */

    checkpoint("before");
    go_down(DEPTH);
    checkpoint("back");
    return 0;
}
