/* gone: lose the file one runs from, and go on.

   Usage: gone delete|replace [OTHER]
     delete   unlinks its own file
     replace  moves OTHER to where its own file was */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "checkpoint.h"
#include "die.h"

int main(int argc, char *argv[])
{
    char own[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", own, sizeof own - 1);
    if (length == -1)
        die("readlink");
    own[length] = '\0';
    checkpoint("here");
    if (argc == 2 && strcmp(argv[1], "delete") == 0) {
        if (unlink(own) == -1)
            die("unlink %s", own);
    } else if (argc == 3 && strcmp(argv[1], "replace") == 0) {
        if (rename(argv[2], own) == -1)
            die("rename %s", argv[2]);
    } else
        usage("delete|replace [OTHER]");
    char *block = malloc(1 << 20);
    if (block == NULL)
        die("malloc");
    block[0] = 1;
    checkpoint("gone");
    free(block);
    return 0;
}
