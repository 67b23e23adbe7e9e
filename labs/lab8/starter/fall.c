/* fall: a recursion that ends.

   The lab starts it as the shell would after "ulimit -s 1024".

   Your turn: make it run out of stack. It shall die of SIGSEGV because it called itself too often,
   at the limit of 1024 KiB and nowhere before: no null pointer, no signal of your own, no other limit.

   By hand:  gcc -g -O0 -o fall fall.c && (ulimit -s 1024; ./fall; echo $?) */
#include <string.h>

#include "../../sample-c/common/checkpoint.h"

static int fall(int depth)
{
    char frame[1024];

    memset(frame, 1, sizeof frame);
    int below = depth < 10 ? fall(depth + 1) : 0; /* your turn */
    return below + frame[0];
}

int main(void)
{
    checkpoint("before");
    fall(0);
    checkpoint("back");
    return 0;
}
