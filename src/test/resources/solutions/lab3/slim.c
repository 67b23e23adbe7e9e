/* slim: a table of a million numbers, all 7, that makes the file of the program 4 MiB longer.

   Your turn: the table shall be as it is when prepare() has been called, and the file of the program short.
   slim_main.c calls prepare() first of all, and looks at every number then. Change this file only.

   Build and look by hand:  gcc -g -O0 -o slim slim_main.c slim.c && size slim && ls -l slim */
#include "slim.h"

int table[COUNT] = {0};

void prepare(void)
{
    for (int i = 0; i < COUNT; i++)
        table[i] = 7;
}
