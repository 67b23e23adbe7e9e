/* hello: a message, then sleep: the smallest program whose address space one can look at.

   Usage: hello [SECONDS]          (default 1000)

   By hand: hello & cat /proc/$!/maps
        the program's own rows come first, then [heap], the libraries, [stack] and the kernel's rows.
        There is a [heap] although the program never calls malloc: printf took its buffer from there.
   By hand: hello 5 | cat
        the message arrives after five seconds: on a pipe, stdio keeps it until the buffer is full or the program ends.

   Try: hello 1
        -> brk 1, mmap 0, has heap, ends 0 */
#include <stdio.h>
#include <unistd.h>

#include "../common/die.h"

int main(int argc, char *argv[])
{
    if (argc > 2)
        usage("[SECONDS]");
    unsigned int left = argc > 1 ? (unsigned int) number("SECONDS", argv[1], 0, 1000000) : 1000;

    if (printf("Hello, world! This is process %ld.\n", (long) getpid()) < 0)
        die("write to standard output");

    /* A signal that has a handler ends sleep(3) early; it returns what is left. */
    while (left > 0)
        left = sleep(left);

    if (fflush(stdout) == EOF)
        die("write to standard output");
    return 0;
}
