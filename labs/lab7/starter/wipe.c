/* wipe: a program that means to forget a secret, and does not; built with -O2.

   Usage: wipe FILE                whose first line is the secret

   Your turn: mend it so that at "wiped" not even a piece of the secret stands anywhere in its memory.
   At "in use" it has the secret whole, as it is now, and point_at(1) shows it.
   Look for three places. strings over a dump tells whether you have found them.

   Build and look by hand:  gcc -g -O2 -Wl,-z,now -o wipe wipe.c && ./wipe /etc/hostname */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"
#include "../../sample-c/common/point.h"

static void use(const char *file)
{
    char secret[128];

    FILE *in = fopen(file, "r");
    if (in == NULL)
        die("open %s", file);
    if (fgets(secret, sizeof secret, in) == NULL)
        fail("%s is empty", file);
    char *copy = strdup(secret);
    if (copy == NULL)
        die("strdup");
    fclose(in);
    point_at(1, copy);
    checkpoint("in use");

    free(copy);
    memset(secret, 0, sizeof secret); /* your turn */
}

int main(int argc, char *argv[])
{
    if (argc != 2)
        usage("FILE");
    use(argv[1]);
    checkpoint("wiped");
    return 0;
}
