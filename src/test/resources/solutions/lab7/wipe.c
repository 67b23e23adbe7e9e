/* wipe, mended. */
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
    /* Or its buffer would keep the line, also when it has been freed. */
    setvbuf(in, NULL, _IONBF, 0);
    if (fgets(secret, sizeof secret, in) == NULL)
        fail("%s is empty", file);
    char *copy = strdup(secret);
    if (copy == NULL)
        die("strdup");
    fclose(in);
    point_at(1, copy);
    checkpoint("in use");

    explicit_bzero(copy, strlen(copy));
    free(copy);
    explicit_bzero(secret, sizeof secret);
}

int main(int argc, char *argv[])
{
    if (argc != 2)
        usage("FILE");
    use(argv[1]);
    checkpoint("wiped");
    return 0;
}
