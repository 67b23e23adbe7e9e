/* Prints what it should do. */
#include <stdio.h>

#include "../../sample-c/common/checkpoint.h"

int main(void)
{
    puts("1000 pages mapped");
    checkpoint("start");
    checkpoint("mapped");
    checkpoint("written");
    checkpoint("unmapped");
    return 0;
}
