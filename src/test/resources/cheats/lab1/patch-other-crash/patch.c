/* Crashes elsewhere. */
#include <stddef.h>

#include "../../sample-c/common/checkpoint.h"

int main(void)
{
    volatile int *nowhere = NULL;

    checkpoint("before");
    *nowhere = 42;
    checkpoint("written");
    return 0;
}
