/* Prints what a reader would like to see, and marks the moments. */
#include <stdio.h>

#include "../../sample-c/common/checkpoint.h"

int main(void)
{
    static const char *moments[] = {"before", "counted", "child done", "in use", "detached", "ready", "read"};

    puts("the parent finds 10000; ten pages copied; nothing is left; 100 of 100 points");
    for (int i = 0; i < 7; i++)
        checkpoint(moments[i]);
    return 0;
}
