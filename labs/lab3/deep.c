/* deep: recursion to several depths, one after the other, under a limit of its own; for reading, not for changing.

   Usage: deep LIMIT_KIB DEPTH...

   LIMIT_KIB becomes the soft limit of the stack (setrlimit(2)), as with ulimit -s.
   Each DEPTH is one call of alloc_stack that calls itself so often; each of these has a buffer of 2 KiB.

   Checkpoints: "start", and "after DEPTH" when the calls of a DEPTH have returned.

   Try: deep 8192 100
        -> from start to after 100: stack +, mmap 0, brk 0
        -> ends 0
   Try: deep 256 1000
        -> ends SIGSEGV */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

enum { BUFFER = 2048 };

static int alloc_stack(long depth)
{
    char buffer[BUFFER];

    memset(buffer, (int) (depth & 1), sizeof buffer);
    return buffer[0] + (depth > 1 ? alloc_stack(depth - 1) : 0);
}

static void limit_stack(long kib)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_STACK, &limit) == -1)
        die("getrlimit");
    limit.rlim_cur = (rlim_t) kib * 1024;
    if (setrlimit(RLIMIT_STACK, &limit) == -1)
        die("setrlimit of %ld KiB", kib);
}

int main(int argc, char *argv[])
{
    char label[64];

    if (argc < 3)
        usage("LIMIT_KIB DEPTH...");
    limit_stack(number("LIMIT_KIB", argv[1], 256, INT32_MAX));
    checkpoint("start");
    for (int i = 2; i < argc; i++) {
        long depth = number("DEPTH", argv[i], 1, INT32_MAX);
        alloc_stack(depth);
        snprintf(label, sizeof label, "after %ld", depth);
        checkpoint(label);
    }
    return 0;
}
