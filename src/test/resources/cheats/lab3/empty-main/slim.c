#include "slim.h"

int table[COUNT];

void prepare(void)
{
}
