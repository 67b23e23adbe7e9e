/* space: a process with an address space as told, which then stays as it is; for reading, not for changing.

   Usage: space SEED [heap BYTES | split | stack BYTES | map FILE ADDRESS PAGES] ...

   heap BYTES               a block of the heap, of bytes that depend on SEED
   split                    makes a page in the middle of that block read-only, and forbids the second page after it
   stack BYTES              so much of the stack, of such bytes
   map FILE ADDRESS PAGES   maps FILE at ADDRESS (hexadecimal; 0: anywhere), for so many pages, however long it is

   It says "ready", and ends when Enter is pressed. Without "heap" it has no heap.

   Try: space 1
        -> no heap, ends 0
   Try: space 1 heap 1000000
        -> heap +, ends 0
   Try: space 1 heap 1000000 split
        -> mprotect 2, ends 0
   Try: space 1 stack 1000000
        -> stack +, no heap, ends 0

   By hand: space 1 heap 100000 & sleep 1; grep -F '[heap]' /proc/$!/maps; kill $! */
#define _GNU_SOURCE
#include <alloca.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "../../sample-c/common/die.h"
#include "target.h"

static uint64_t state;

/* Marsaglia's xorshift: the next run of bytes is never a repetition. */
static void fill(unsigned char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes[i] = (unsigned char) (state >> 32);
    }
}

static void split(unsigned char *block, size_t length)
{
    uintptr_t page = (uintptr_t) sysconf(_SC_PAGESIZE);
    uintptr_t middle = ((uintptr_t) block + length / 2) / page * page;

    if (mprotect((void *) middle, page, PROT_READ) == -1 || mprotect((void *) (middle + 2 * page), page, PROT_NONE) == -1)
        die("mprotect in the heap");
}

static void map(const char *file, const char *where, const char *pages)
{
    void *address = (void *) strtoull(where, NULL, 16);
    size_t length = strtoull(pages, NULL, 10) * (size_t) sysconf(_SC_PAGESIZE);
    int flags = MAP_PRIVATE | (address == NULL ? 0 : MAP_FIXED_NOREPLACE);
    int in = open(file, O_RDONLY);

    if (in == -1)
        die("open %s", file);
    if (mmap(address, length, PROT_READ, flags, in, 0) == MAP_FAILED)
        die("mmap of %s", file);
    close(in);
}

int main(int argc, char *argv[])
{
    unsigned char *block = NULL;
    size_t length = 0;

    if (argc < 2)
        usage("SEED [heap BYTES | split | stack BYTES | map FILE ADDRESS PAGES] ...");
    state = strtoull(argv[1], NULL, 10) * 2 + 1;
    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "heap") == 0 && i + 1 < argc) {
            length = strtoull(argv[++i], NULL, 10);
            block = sbrk((intptr_t) length);
            if (block == (void *) -1)
                die("sbrk of %zu bytes", length);
            fill(block, length);
        } else if (strcmp(argv[i], "split") == 0 && block != NULL) {
            split(block, length);
        } else if (strcmp(argv[i], "stack") == 0 && i + 1 < argc) {
            size_t bytes = strtoull(argv[++i], NULL, 10);
            fill(alloca(bytes), bytes);
        } else if (strcmp(argv[i], "map") == 0 && i + 3 < argc) {
            map(argv[i + 1], argv[i + 2], argv[i + 3]);
            i += 3;
        } else {
            fail("what is '%s'?", argv[i]);
        }
    }
    stay();
    return 0;
}
