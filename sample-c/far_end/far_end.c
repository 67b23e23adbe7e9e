/* far_end: take a piece of stack with alloca(3), and touch one end of it, or all, or nothing.

   Usage: far_end KIB [none | near | far | all]      (default far; near is the end where the stack is already)

   alloca moves the stack pointer and does nothing else: pages come when they are touched.
   Some compilers touch every page of it on the way (-fstack-clash-protection, the default of some distributions);
   the Makefile says -fno-stack-clash-protection.

   Checkpoints: "before", "after".

   By hand: far_end 3000, and grep -A3 stack /proc/$(pgrep far_end)/smaps before and after
        Size grows by about 3000 kB, Rss by a page or two: nothing between is in memory.
   By hand: far_end 3000 all
        Rss grows as Size does.

   Try: far_end 3000
        -> from before to after: stack +, memory same
   Try: far_end 3000 all
        -> from before to after: stack +, memory +
   Try: far_end 3000 none
        -> from before to after: stack same, memory same */
#include <alloca.h>
#include <string.h>

#include "../common/checkpoint.h"
#include "../common/die.h"
#include "../common/prompt.h"

/* Calls nothing between alloca and its return: a call would touch the stack below the piece, and so its far end. */
static void take(size_t bytes, char what)
{
    volatile char *piece = alloca(bytes);

    if (what == 'f')
        piece[0] = 1;
    if (what == 'n')
        piece[bytes - 1] = 1;
    if (what == 'a')
        for (size_t i = 0; i < bytes; i++)
            piece[i] = 1;
}

int main(int argc, char *argv[])
{
    const char *what = argc > 2 ? argv[2] : "far";

    if (argc < 2 || argc > 3)
        usage("KIB [none | near | far | all]");
    size_t bytes = (size_t) number("KIB", argv[1], 1, 1 << 20) * 1024;
    if (strcmp(what, "none") != 0 && strcmp(what, "near") != 0 && strcmp(what, "far") != 0 && strcmp(what, "all") != 0)
        usage("KIB [none | near | far | all]");

    press_key("take it");
    checkpoint("before");
    take(bytes, strcmp(what, "none") == 0 ? '-' : what[0]);
    checkpoint("after");
    press_key("end");
    return 0;
}
