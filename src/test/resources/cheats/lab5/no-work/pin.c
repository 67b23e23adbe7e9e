#include "../../sample-c/common/checkpoint.h"

int main(void)
{
    checkpoint("busy");
    checkpoint("idle");
    return 0;
}
