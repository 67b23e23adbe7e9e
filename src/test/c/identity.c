/* identity: say on whose behalf one runs, and take memory as somebody else.

   Usage: identity [UID]
     prints the effective user; with UID becomes that user first, and is no longer dumpable then (prctl(2)) */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "checkpoint.h"
#include "die.h"

int main(int argc, char *argv[])
{
    if (argc == 2 && setuid((uid_t) atol(argv[1])) == -1)
        die("setuid %s", argv[1]);
    printf("%ld\n", (long) geteuid());
    fflush(stdout);
    checkpoint("before");
    char *block = malloc(1 << 20);
    if (block == NULL)
        die("malloc");
    block[0] = 1;
    checkpoint("after");
    return 0;
}
