/* Any crash at all. */
#include <stdlib.h>

#include "../../sample-c/common/checkpoint.h"

int main(void)
{
    checkpoint("before");
    checkpoint("taken");
    abort();
}
