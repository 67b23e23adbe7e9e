/* crash: die of a signal, on purpose.

   Usage: crash [null | abort]     (default null)

   By hand: crash; echo $?
        139 = 128 + SIGSEGV: write_through_null writes to address 0, which is never mapped.
   By hand: crash abort; echo $?
        134 = 128 + SIGABRT.

   Try: crash
        -> mmap 0, ends SIGSEGV
   Try: crash abort
        -> ends SIGABRT */
#include <stdlib.h>
#include <string.h>

#include "../common/die.h"

static void write_through_null(void)
{
    /* Volatile, or the compiler, which may assume that this does not happen, could leave it out. */
    volatile int *volatile nowhere = NULL;

    *nowhere = 1;
}

int main(int argc, char *argv[])
{
    const char *how = argc > 1 ? argv[1] : "null";

    if (argc > 2 || (strcmp(how, "null") != 0 && strcmp(how, "abort") != 0))
        usage("[null | abort]");
    if (strcmp(how, "abort") == 0)
        abort();
    write_through_null();
    return 0;
}
