/* A table that fits. */
#include <stdlib.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

#define ENTRIES (16 * 1024 * 1024)

static long fill_and_sum(void)
{
    char table[ENTRIES / 16]; /* your turn */
    long sum = 0;

    for (long i = 0; i < ENTRIES / 16; i++)
        table[i] = (char) (i % 100);
    checkpoint("filled");
    for (long i = 0; i < ENTRIES / 16; i++)
        sum += table[i];
    return sum;
}

int main(void)
{
    checkpoint("before");
    long sum = fill_and_sum();
    checkpoint("done");
    return sum > 0 ? 0 : 1;
}
