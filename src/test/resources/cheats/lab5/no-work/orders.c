#include "../../sample-c/common/checkpoint.h"

unsigned long checksum;

int main(void)
{
    checkpoint("before");
    checkpoint("loaded");
    checkpoint("done");
    return 0;
}
