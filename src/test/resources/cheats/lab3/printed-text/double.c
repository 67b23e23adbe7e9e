/* Prints what it should do. */
#include <stdio.h>

#include "../../sample-c/common/checkpoint.h"

int main(void)
{
    puts("512000 characters");
    checkpoint("start");
    checkpoint("begun");
    checkpoint("doubled");
    checkpoint("doubled");
    checkpoint("doubled");
    checkpoint("doubled");
    checkpoint("doubled");
    checkpoint("doubled");
    checkpoint("doubled");
    checkpoint("doubled");
    checkpoint("doubled");
    return 0;
}
