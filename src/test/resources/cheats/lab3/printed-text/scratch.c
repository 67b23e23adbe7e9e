/* Prints what it should do. */
#include <stdio.h>

#include "../../sample-c/common/checkpoint.h"

int main(void)
{
    puts("512 KiB taken and given back");
    checkpoint("start");
    checkpoint("working");
    checkpoint("done");
    return 0;
}
