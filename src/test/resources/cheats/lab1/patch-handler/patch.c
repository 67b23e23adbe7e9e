/* Catches the fault in place of making the write legal. */
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>

#include "../../sample-c/common/checkpoint.h"

static sigjmp_buf back;

static int answer(void)
{
    return 42;
}

static void caught(int number)
{
    siglongjmp(back, number);
}

int main(void)
{
    volatile unsigned char *code = (volatile unsigned char *) (uintptr_t) answer;

    checkpoint("before");
    signal(SIGSEGV, caught);
    if (sigsetjmp(back, 1) == 0)
        *code = *code;
    checkpoint("written");
    return 0;
}
