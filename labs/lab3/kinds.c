/* kinds: one definition of many, by number; for reading, not for changing.

   Build: gcc -O0 -g -DKIND=1 -DCOUNT=100000 -o kinds labs/lab3/kinds.c       KIND 0 has none of them

   The checkpoint "used" comes when all of it has been read or written.

   Try: kinds
        -> mmap 0, brk 0, ends 0 */
#include <stdlib.h>
#include <string.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

#ifndef KIND
#define KIND 0
#endif
#ifndef COUNT
#define COUNT 1
#endif

static int sum;

#if KIND == 1
int results[COUNT];
#elif KIND == 2
int limits[COUNT] = {1};
#elif KIND == 3
const int squares[COUNT] = {0, 1, 4, 9};
#elif KIND == 4
int zeros[COUNT] = {0};
#elif KIND == 5
static const char *lines[COUNT] = {"first"};
#endif

static void use(void)
{
#if KIND == 1
    results[COUNT - 1] = 1;
#elif KIND == 2
    limits[COUNT - 1] = 1;
#elif KIND == 3
    sum += squares[COUNT - 1];
#elif KIND == 4
    zeros[COUNT - 1] = 1;
#elif KIND == 5
    lines[COUNT - 1] = "last";
#elif KIND == 6
    static int seen[COUNT];
    seen[COUNT - 1] = 1;
    sum += seen[0];
#elif KIND == 7
    int scratch[COUNT];
    memset(scratch, 1, sizeof scratch);
    sum += scratch[COUNT - 1];
#elif KIND == 8
    for (int i = 0; i < COUNT; i += 250)
        if (malloc(250 * sizeof(int)) == NULL)
            die("malloc of %zu bytes", 250 * sizeof(int));
#endif
}

int main(void)
{
    use();
    checkpoint("used");
    return sum == -1;
}
