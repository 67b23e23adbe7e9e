/* words: print one's arguments as they are, one in a line.

   Usage: words [ARG]... */
#include <stdio.h>

int main(int argc, char *argv[])
{
    for (int i = 1; i < argc; i++)
        puts(argv[i]);
    return 0;
}
