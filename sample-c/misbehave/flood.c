/* flood: print without end, on purpose.

   Usage: flood                    (end it with Ctrl-C)

   By hand: flood | head -3
        three lines; then SIGPIPE, or EPIPE where that is ignored, ends the program.

   Try: flood
        -> ends by the harness */
#include <stdio.h>

#include "../common/die.h"

int main(void)
{
    for (unsigned long line = 1;; line++)
        if (printf("line %lu of a program that does not stop\n", line) < 0)
            die("write to standard output");
}
