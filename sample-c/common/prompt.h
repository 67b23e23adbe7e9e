/* prompt.h: stop until the reader of the screen wants to go on.

   press_key("allocate") prints the line "Press key to allocate ..." and reads one line with getchar(3).
   At the end of the input it goes on at once, so that a program whose input is a file or a pipe runs through.

   It uses stdio, whose buffers come from malloc: the first prompt of a program makes the heap. */
#ifndef BRKMAP_PROMPT_H
#define BRKMAP_PROMPT_H

#include <stdio.h>

#include "die.h"

static inline void press_key(const char *purpose)
{
    int key;

    if (printf("Press key to %s ...\n", purpose) < 0 || fflush(stdout) == EOF)
        die("write to standard output");
    do
        key = getchar();
    while (key != '\n' && key != EOF);
    if (ferror(stdin))
        die("read from standard input");
}

#endif
