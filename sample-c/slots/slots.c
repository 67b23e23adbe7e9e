/* slots: two locals in two scopes that do not overlap. Do they share a place?

   Usage: slots SEED               a number; from it each local gets a mark (a nonce) of its own

   Build: make -B slots DEFINES=-DCOUNT=1            unsigned longs in each local (default 8)

   While it waits, the second scope has ended. What a local leaves behind nobody wipes away.

   By hand: gdb -p $(pgrep slots) -ex 'info proc mappings' and look for the marks in [stack]
        only the second is there: its scope wrote where the first had written.
   By hand: make -B slots DEFINES=-DCOUNT=0, which makes each local a plain int
        both are there: without -O, gcc gives small locals that are no arrays a place each.

   Try: slots 7
        -> mmap 0, stack same, ends 0 */
#include <stdint.h>

#include "../common/die.h"
#include "../common/prompt.h"

#ifndef COUNT
#define COUNT 8
#endif

/* The constants are odd and large, so that a mark looks like nothing else. */
#define FIRST 0x9e3779b97f4a7c15u
#define SECOND 0xc2b2ae3d27d4eb4fu

static unsigned long seed;

#if COUNT > 0
static void fill(unsigned long slot[], unsigned long mark)
{
    for (int i = 0; i < COUNT; i++)
        slot[i] = (seed + i) * mark;
}
#endif

static void two_scopes(void)
{
#if COUNT > 0
    {
        unsigned long first[COUNT];
        fill(first, FIRST);
    }
    {
        unsigned long second[COUNT];
        fill(second, SECOND);
    }
#else
    {
        unsigned int first = (unsigned int) (seed * FIRST);
        (void) first;
    }
    {
        unsigned int second = (unsigned int) (seed * SECOND);
        (void) second;
    }
#endif
    press_key("end");
}

int main(int argc, char *argv[])
{
    if (argc != 2)
        usage("SEED");
    seed = (unsigned long) number("SEED", argv[1], 1, INT32_MAX);
    two_scopes();
    return 0;
}
