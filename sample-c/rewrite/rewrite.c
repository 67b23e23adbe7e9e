/* rewrite: writes to its own code, which the map says it may not.

   Usage: rewrite

   By hand: rewrite
        Segmentation fault: the row of the code is r-xp, and the processor holds to it.

   Try: rewrite
        -> mprotect 0, ends SIGSEGV */
#include <stdint.h>

#include "../common/checkpoint.h"

/* Not called. What is written to its first byte is what stands there, on any processor. */
static int answer(void)
{
    return 42;
}

int main(void)
{
    volatile unsigned char *code = (volatile unsigned char *) (uintptr_t) answer;

    checkpoint("before");
    *code = *code;
    checkpoint("written");
    return 0;
}
