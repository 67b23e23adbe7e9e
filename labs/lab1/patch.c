/* patch: a program that changes its own code, and dies of it.

   Make the write legal: ask mprotect(2) for leave to write to the page that holds answer(), write,
   and take the leave back, so that the row of the code is r-xp again at the end.
   The two checkpoints stay where they are; the write stays between them.

   Build and run by hand:  gcc -g -O0 -o patch patch.c && ./patch; echo $? */
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../sample-c/common/checkpoint.h"

/* What is written to its first byte is what stands there, so that it stays what it is. */
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
    return answer() == 42 ? 0 : 1;
}
