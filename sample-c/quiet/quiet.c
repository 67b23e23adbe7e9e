/* quiet: prints nothing and allocates nothing: is there a heap all the same?

   Usage: quiet                    (nothing is printed; look at it with a debugger, or under strace)

   By hand: strace -e trace=brk quiet
        linked dynamically, brk is only asked where it is: no heap.
   By hand: the same, built with -static
        brk is moved before main begins: the C library keeps the thread's own storage there, and no loader did it for it.

   Try: quiet
        -> brk 0, no heap, ends 0
   Try: quiet with -static
        -> has heap, ends 0 */
#include "../common/checkpoint.h"

int main(void)
{
    checkpoint("main");
    return 0;
}
