/* pin: a program that works in bursts, and keeps a small note of each; between bursts it holds memory that it does not use.

   As it is, the notes lie above the memory of the bursts, and the heap cannot shrink: at "idle" all of it is still there.

   Your turn: give back to the kernel what the bursts have used, before "idle". The notes are needed until the end.
   The same requests are made, and the blocks of a burst are written to, as they are now; the order, and when you free,
   is up to you. See malloc_trim(3), mallopt(3).

   By hand:  gcc -g -O0 -o pin pin.c && ./pin */
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

enum { BURSTS = 3, BLOCKS = 400, SIZE = 20000, NOTE = 77 };

static char *notes[BURSTS];

static char *take(size_t size)
{
    char *block = malloc(size);

    if (block == NULL)
        die("malloc of %zu bytes", size);
    return memset(block, 'x', size);
}

static void burst(int number)
{
    char *blocks[BLOCKS];

    for (int i = 0; i < BLOCKS; i++)
        blocks[i] = take(SIZE);
    notes[number] = take(NOTE);
    if (number == BURSTS - 1)
        checkpoint("busy");
    for (int i = 0; i < BLOCKS; i++)
        free(blocks[i]);
}

int main(void)
{
    for (int i = 0; i < BURSTS; i++)
        burst(i);
    for (int i = 0; i < BURSTS; i++) {
        free(notes[i]);
        notes[i] = NULL;
    }
    malloc_trim(0);

    checkpoint("idle");
    for (int i = 0; i < BURSTS; i++)
        free(notes[i]);
    return 0;
}
