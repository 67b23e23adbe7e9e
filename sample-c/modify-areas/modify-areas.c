/* modify-areas: one switch for each area of memory; each makes its area larger by AMOUNT bytes.

   Usage: modify-areas [DEPTH]     DEPTH calls of alloc_stack, a little over 1 KiB of stack each
                                   (default 0; with -DSTACK as many as AMOUNT holds)

   Build: make -B modify-areas DEFINES="-DHEAP"       any of -DTEXT -DRODATA -DDATA -DBSS -DHEAP -DSTACK
          make -B modify-areas DEFINES="-DDATA -DAMOUNT=4096"      (default 1048576)

   TEXT, RODATA, DATA and BSS are there when the program starts: the loader maps them. HEAP and STACK come at run time:
   the heap because the program asks (malloc), the stack because it touches (a page fault), with no call at all.

   By hand: size build/modify-areas, for each switch
        text counts TEXT and RODATA together; bss grows while the file does not.
   By hand: grep -A1 modify-areas /proc/$(pgrep modify-areas)/maps
        TEXT makes the r-xp row longer, RODATA the second r--p row, DATA the rw-p row;
        BSS makes the row without a name after it longer, or adds it. A few bytes that fit in an area's last page change nothing.
   By hand: modify-areas 100000
        the stack meets its limit (ulimit -s, 8 MiB as a rule): SIGSEGV.

   Try: modify-areas with -DHEAP
        -> from start to heap: brk 1-99, mmap 0, heap +
        -> ends 0
   Try: modify-areas with -DSTACK
        -> from heap to stack: brk 0, mmap 0, stack +, memory +
        -> ends 0
   Try: modify-areas 100000
        -> ends SIGSEGV */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../common/checkpoint.h"
#include "../common/die.h"
#include "../common/prompt.h"

#ifndef AMOUNT
#define AMOUNT 1048576
#endif

enum { BLOCK = 1024 };

#ifdef TEXT
#define QUOTE(text) #text
#define SKIP(bytes) ".skip " QUOTE(bytes)
/* Never called: it is there to be long. */
void more_text(void)
{
    __asm__ volatile(SKIP(AMOUNT));
}
#endif

#ifdef RODATA
const char more_rodata[AMOUNT] = {1};
#endif

#ifdef DATA
char more_data[AMOUNT] = {1};
#endif

#ifdef BSS
char more_bss[AMOUNT];
#endif

/* Blocks this small come from the program break, however many they are; one of AMOUNT bytes might be mapped. */
static void alloc_heap(long bytes)
{
    for (long done = 0; done < bytes; done += BLOCK)
        if (malloc(BLOCK) == NULL)
            die("malloc of %d bytes after %ld", BLOCK, done);
}

/* Each call uses its own part of the stack before and after the next; the sum keeps a compiler from dropping it. */
static long alloc_stack(long depth)
{
    char frame[BLOCK];

    memset(frame, (int) (depth & 1), sizeof frame);
    long deeper = depth > 1 ? alloc_stack(depth - 1) : 0;
    return deeper + frame[0];
}

int main(int argc, char *argv[])
{
    if (argc > 2)
        usage("[DEPTH]");
    long heap = 0, depth = 0;
#ifdef HEAP
    heap = AMOUNT;
#endif
#ifdef STACK
    depth = AMOUNT / BLOCK;
#endif
    if (argc > 1)
        depth = number("DEPTH", argv[1], 0, INT32_MAX);

    press_key("enlarge");
    checkpoint("start");
    alloc_heap(heap);
    checkpoint("heap");
    if (depth > 0)
        alloc_stack(depth);
    checkpoint("stack");
    press_key("end");
    return 0;
}
