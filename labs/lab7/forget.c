/* forget: a program that wipes what it was told, and has it still; for reading, not for changing.

   Usage: forget FILE              whose first line is the secret

   It reads a line with fgets(3), copies it into a block of malloc, wipes its own array, and frees the block.
   Checkpoints: "in use", "wiped". point_at(1) shows the copy.

   Try: forget /etc/passwd
        -> from in use to wiped: brk 0, heap same
        -> ends 0

   By hand: forget /etc/hostname, and from another terminal
        ./brkmap strings $(pgrep -x forget) --region heap | grep -F "$(cat /etc/hostname)" */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"
#include "../../sample-c/common/point.h"
#include "../../sample-c/common/prompt.h"

int main(int argc, char *argv[])
{
    char line[128];

    if (argc != 2)
        usage("FILE");
    FILE *in = fopen(argv[1], "r");
    if (in == NULL)
        die("open %s", argv[1]);
    if (fgets(line, sizeof line, in) == NULL)
        fail("%s is empty", argv[1]);
    char *copy = malloc(strlen(line) + 1);
    if (copy == NULL)
        die("malloc");
    strcpy(copy, line);
    point_at(1, copy);
    checkpoint("in use");
    memset(line, 0, sizeof line);
    free(copy);
    checkpoint("wiped");
    press_key("end");
    fclose(in);
    return 0;
}
