/* Prints what it should do. */
#include <stdio.h>

#include "../../sample-c/common/checkpoint.h"

int main(void)
{
    puts("16 blocks in the heap");
    checkpoint("before");
    checkpoint("taken");
    return 0;
}
