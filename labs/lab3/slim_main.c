/* slim_main: the part of slim that is for reading, not for changing. It ends with 0 if the table is right.

   Try: slim_main with slim.c
        -> ends 0 */
#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"
#include "slim.h"

int main(void)
{
    prepare();
    for (long i = 0; i < COUNT; i++)
        if (table[i] != 7)
            fail("table[%ld] is %d, and should be 7", i, table[i]);
    checkpoint("ready");
    return 0;
}
