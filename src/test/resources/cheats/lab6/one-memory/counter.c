/* No copy is made, for the child is none: it runs in the memory of its parent. */
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

    volatile long *counter = malloc(sizeof *counter); /* your turn */
    if (counter == NULL)
        die("memory for a counter");
    *counter = 0;
    point_at(1, counter);
    if (pipe(told) == -1 || pipe(end) == -1)
        die("pipe");
    checkpoint("before");

    pid_t child = vfork();
    if (child == -1)
        die("fork");
    if (child == 0) {
        for (long i = 0; i < count; i++)
            *counter = *counter + 1;
        _exit(0);
    }
    checkpoint("counted");
    printf("the parent finds %ld\n", *counter);
    close(end[1]);
    waitpid(child, NULL, 0);
    return 0;
}
