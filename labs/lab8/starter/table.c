/* table: 16 MiB of table on a stack that may have 8 MiB.

   The lab starts it as the shell would after "ulimit -S -s 8192". As it is, it dies of SIGSEGV when it fills its table.

   Your turn: take the table from the heap instead, and give it back before the checkpoint "done".
   Its size, what is written to it, and the checkpoints stay as they are. The stack stays small.

   By hand:  gcc -g -O0 -o table table.c && ./table; echo $? */
#include <stdlib.h>

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
    checkpoint("before");
    long sum = fill_and_sum();
    checkpoint("done");
    return sum > 0 ? 0 : 1;
}
