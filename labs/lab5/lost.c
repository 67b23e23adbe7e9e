/* lost: a program that valgrind stops in the middle, so that its memory can be asked for. For reading, not for changing.

   Usage: lost [FILE]                      where to write the addresses (default: standard output)

   Build: -DSEED=n                         the lab tells yours; sizes and counts follow from it

   It prints the addresses of three blocks, and then lets a condition depend on memory that nobody has written to:

       asked      somewhere there is a pointer to it: in a static variable, in another block, or on the stack
       buffer     64 bytes, of which some were written to
       block      how long is it?

   By hand:  gcc -g -O0 -DSEED=1 -o lost lost.c && valgrind --vgdb-error=1 ./lost
             and in another terminal: vgdb leak_check full definiteleak any

   Try: lost
        -> ends 0 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../sample-c/common/die.h"

#ifndef SEED
#define SEED 1
#endif

enum { COUNT = 3 + SEED % 17, SIZE = 100 + SEED % 89, WRITTEN = 9 + SEED % 47, LENGTH = 80 + SEED % 83, HOLDER = SEED % 3 };
enum { BUFFER = 64 };

static void *in_a_variable;

static void *take(size_t size)
{
    void *block = malloc(size);

    if (block == NULL)
        die("malloc of %zu bytes", size);
    return block;
}

static void lose(void)
{
    for (int i = 0; i < COUNT; i++)
        memset(take(SIZE), 'x', SIZE);
}

int main(int argc, char *argv[])
{
    void *on_the_stack[1] = {NULL};
    int out = argc > 1 ? open(argv[1], O_WRONLY | O_CREAT | O_TRUNC, 0600) : STDOUT_FILENO;

    if (argc > 2)
        usage("[FILE]");
    if (out == -1)
        die("open %s", argv[1]);
    lose();
    void **in_a_block = take(sizeof *in_a_block);
    *in_a_block = NULL;
    void **holders[] = {&in_a_variable, in_a_block, on_the_stack};
    char *buffer = take(BUFFER), *block = take(LENGTH);
    memset(buffer, 'x', WRITTEN);
    memset(block, 'x', LENGTH);
    *holders[HOLDER] = take(40);

    if (dprintf(out, "asked %p\nbuffer %p\nblock %p\n", *holders[HOLDER], (void *) buffer, (void *) block) < 0)
        die("write");
    if (buffer[BUFFER - 1] == 'y')
        block[0] = 'y';

    for (int i = 0; i < 3; i++)
        free(*holders[i]);
    free(in_a_block);
    free(buffer);
    free(block);
    return 0;
}
