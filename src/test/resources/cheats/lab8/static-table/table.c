/* Not on the stack, but not from the heap either. */
#include <stdlib.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

#define ENTRIES (16 * 1024 * 1024)

static long fill_and_sum(void)
{
    static char table[ENTRIES]; /* your turn */
    long sum = 0;

    for (long i = 0; i < ENTRIES; i++)
        table[i] = (char) (i % 100);
    checkpoint("filled");
    for (long i = 0; i < ENTRIES; i++)
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
