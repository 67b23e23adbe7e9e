/* Moves the break itself: no block is taken. */
#define _DEFAULT_SOURCE
#include <unistd.h>

#include "../../sample-c/common/checkpoint.h"

int main(void)
{
    checkpoint("before");
    if (sbrk(1024 * 1024) == (void *) -1)
        return 1;
    checkpoint("taken");
    return 0;
}
