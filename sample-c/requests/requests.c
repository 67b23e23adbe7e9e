/* requests: malloc and free, one after the other, as the arguments say.

   Usage: requests REQUEST...

       BYTES           malloc of so many bytes
       COUNTxBYTES     so many times
       -N              free the Nth block that was taken, from 1
       -all            free every block that is left, the newest first
       touch           write into every page of every block that is left
       fill            take small blocks until the top of the heap has no room for two more (glibc's malloc)

   A checkpoint follows each; its label is the request and the address of the newest block. Nothing else is allocated.

   Try: requests 131072
        -> from start to exit: brk 1, mmap 0, heap +
        -> ends 0
   Try: requests fill 1048576 -all
        -> from start to exit: mmap 1, munmap 1
        -> ends 0
   Try: requests 1048576 -1 1000000
        -> from start to exit: mmap 1, munmap 1, brk 1-2, heap +
        -> ends 0

   The first block comes from a new heap. With no room left there, a large one gets a mapping of its own, until it is freed.
   Freeing a mapped block raises the size from which glibc maps: the last block comes from the heap. */
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../common/checkpoint.h"
#include "../common/die.h"

enum { MOST = 100000, FILLER = 1000, FILLERS_AT_MOST = 10000, LABEL = 80 };

static struct {
    char *start;
    size_t size;
} blocks[MOST];
static int taken;

static void take(size_t size)
{
    if (taken == MOST)
        fail("more than %d blocks", MOST);
    blocks[taken].start = malloc(size);
    blocks[taken].size = size;
    if (blocks[taken].start == NULL)
        die("malloc of %zu bytes", size);
    taken++;
}

static void give_back(int index)
{
    free(blocks[index].start);
    blocks[index].start = NULL;
}

static void fill(void)
{
    for (int i = 0; i < FILLERS_AT_MOST; i++) {
        take(FILLER);
        char *block = blocks[taken - 1].start;
        long room = (char *) sbrk(0) - (block + malloc_usable_size(block));
        if (room >= 0 && room < 2 * FILLER)
            return;
    }
    fail("the top cannot be filled: this malloc does not use the program break as glibc's does");
}

static void touch(void)
{
    long page = sysconf(_SC_PAGESIZE);

    for (int i = 0; i < taken; i++)
        if (blocks[i].start != NULL)
            for (size_t at = 0; at < blocks[i].size; at += (size_t) page)
                ((volatile char *) blocks[i].start)[at] = 1;
}

static void take_many(const char *request)
{
    char *rest;
    unsigned long count = 1, size = strtoul(request, &rest, 10);

    if (*rest == 'x' && rest != request) {
        count = size;
        size = strtoul(rest + 1, &rest, 10);
    }
    if (*rest != '\0' || request[0] < '0' || request[0] > '9') {
        fprintf(stderr, "requests: '%s' is no request\n", request);
        usage("BYTES | COUNTxBYTES | -N | -all | touch | fill ...");
    }
    while (count-- > 0)
        take(size);
}

static void carry_out(const char *request)
{
    if (strcmp(request, "touch") == 0) {
        touch();
    } else if (strcmp(request, "fill") == 0) {
        fill();
    } else if (strcmp(request, "-all") == 0) {
        for (int i = taken - 1; i >= 0; i--)
            give_back(i);
    } else if (request[0] == '-') {
        give_back((int) number("N", request + 1, 1, taken) - 1);
    } else {
        take_many(request);
    }
}

int main(int argc, char *argv[])
{
    static char label[LABEL];

    if (argc < 2)
        usage("REQUEST...");
    checkpoint("start");
    for (int i = 1; i < argc; i++) {
        carry_out(argv[i]);
        snprintf(label, sizeof label, "%.40s %p", argv[i], taken > 0 ? (void *) blocks[taken - 1].start : NULL);
        checkpoint(label);
    }
    return 0;
}
