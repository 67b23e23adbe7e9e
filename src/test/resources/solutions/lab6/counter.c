/* counter: a child counts, and its parent looks.

   Usage: counter COUNT            the lab chooses the count

   As it is, the parent finds 0: the child counts in a copy of its own.

   Your turn: let the two count in the same memory, so that the parent finds what the child counted.
   The child does the counting; leave the checkpoints and point_at as they are. See mmap(2).

   By hand:  gcc -g -O0 -o counter counter.c && ./counter 1000 */
#define _GNU_SOURCE
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"
#include "../../sample-c/common/point.h"

int main(int argc, char *argv[])
{
    int told[2], end[2];
    char byte = 0;

    if (argc != 2)
        usage("COUNT");
    long count = number("COUNT", argv[1], 1, 100000000);

    volatile long *counter = mmap(NULL, sizeof *counter, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (counter == MAP_FAILED)
        die("memory for a counter");
    *counter = 0;
    point_at(1, counter);
    if (pipe(told) == -1 || pipe(end) == -1)
        die("pipe");
    checkpoint("before");

    pid_t child = fork();
    if (child == -1)
        die("fork");
    if (child == 0) {
        close(end[1]);
        for (long i = 0; i < count; i++)
            *counter = *counter + 1;
        if (write(told[1], &byte, 1) != 1)
            _exit(1);
        while (read(end[0], &byte, 1) > 0)
            continue;
        _exit(0);
    }
    if (read(told[0], &byte, 1) != 1)
        die("the child");
    checkpoint("counted");
    printf("the parent finds %ld\n", *counter);
    close(end[1]);
    waitpid(child, NULL, 0);
    return 0;
}
