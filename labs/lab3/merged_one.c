/* merged_one: one of two files that define the same array, neither with a value; for reading, not for changing.

   Try: merged_one with merged_two.c -DONE=1000 -DTWO=300000 -fcommon
        -> has program bss, mmap 0, brk 0, ends 0 */
#include "../../sample-c/common/checkpoint.h"

char shared[ONE];
int other_file(void);

int main(void)
{
    shared[0] = 1;
    checkpoint("here");
    return other_file() == 1 ? 0 : 1;
}
