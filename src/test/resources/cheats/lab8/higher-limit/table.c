/* The table stays where it is; the limit moves. */
#include <stdlib.h>
#include <sys/resource.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

#define ENTRIES (16 * 1024 * 1024)

static long fill_and_sum(void)
{
    char table[ENTRIES]; /* your turn */
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
    struct rlimit stack = {64 * 1024 * 1024, RLIM_INFINITY};

    setrlimit(RLIMIT_STACK, &stack);
    checkpoint("before");
    long sum = fill_and_sum();
    checkpoint("done");
    return sum > 0 ? 0 : 1;
}
