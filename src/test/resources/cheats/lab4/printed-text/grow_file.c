/* Writes the file by write, and maps nothing. */
#include <stdio.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

int main(int argc, char *argv[])
{
    FILE *file = fopen(argv[argc - 1], "w");

    if (file == NULL)
        die("open %s", argv[1]);
    for (int i = 0; i < 64 * 1024; i++)
        fputc('x', file);
    fclose(file);
    checkpoint("mapped");
    checkpoint("written");
    return 0;
}
