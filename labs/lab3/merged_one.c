/* merged_one: one of two files that define the same array, neither with a value; for reading, not for changing. */
#include "../../sample-c/common/checkpoint.h"

char shared[ONE];
int other_file(void);

int main(void)
{
    shared[0] = 1;
    checkpoint("here");
    return other_file() == 1 ? 0 : 1;
}
