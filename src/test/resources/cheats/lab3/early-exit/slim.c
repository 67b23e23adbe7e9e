#include <stdlib.h>

#include "slim.h"

int table[COUNT];

void prepare(void)
{
    exit(0);
}
