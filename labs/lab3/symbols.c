/* symbols: five objects to find in the map by their names; for reading, not for changing.

   Try: symbols
        -> mmap 0, brk 0, ends 0 */
#include "../../sample-c/common/checkpoint.h"

const char motto[] = "grow only what you must";
const char *const weekend[] = {"saturday", "sunday"};
int counter = 1;
char table[20000];

int main(void)
{
    table[sizeof table - 1] = weekend[counter][0];
    checkpoint("here");
    return motto[0] == 'g' ? 0 : 1;
}
