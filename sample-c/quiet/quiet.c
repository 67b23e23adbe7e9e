/* quiet: prints nothing and allocates nothing: is there a heap all the same?

   Usage: quiet                    (nothing is printed; look at it with a debugger, or under strace)

   Try: strace -e trace=brk quiet
        linked dynamically, brk is only asked where it is: no heap.
   Try: the same, built with -static
        brk is moved before main begins: the C library keeps the thread's own storage there, and no loader did it for it. */
#include "../common/checkpoint.h"

int main(void)
{
    checkpoint("main");
    return 0;
}
