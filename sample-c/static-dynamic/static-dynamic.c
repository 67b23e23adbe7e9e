/* static-dynamic: one program, linked in four ways; it says where its parts lie, and waits.

   Usage: static-dynamic-FORM      FORM is dynamic, no-pie, static or static-pie; make builds all four

       form         flags                 loader, libraries   moved by ASLR
       dynamic      -fPIE -pie            yes                 all of it
       no-pie       -fno-pie -no-pie      yes                 all but the program itself
       static       -fno-pie -static      no                  heap, stack and the kernel's rows only
       static-pie   -fPIE -static-pie     no                  all of it

   By hand: run the same form twice
        the addresses of main, the string and the variable change for dynamic and static-pie,
        and stay for no-pie and static.
   By hand: grep -c '\.so' /proc/$(pgrep static-dynamic)/maps
        0 for static and static-pie: there is neither a library nor a loader.
   By hand: size build/static-dynamic-*
        the text of the static forms is hundreds of KiB larger: they bring their part of the C library with them.

   Try: static-dynamic with -fPIE -pie
        -> has loader, has library text, ends 0
   Try: static-dynamic with -fno-pie -static
        -> no loader, no library text, ends 0 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "../common/die.h"
#include "../common/prompt.h"

static int variable = 1;

static void show(const char *name, uintptr_t address)
{
    if (printf("%-14s %#18" PRIxPTR "\n", name, address) < 0)
        die("write to standard output");
}

int main(void)
{
    int local = 0;
    char *block = malloc(1);

    if (block == NULL)
        die("malloc");
    show("main", (uintptr_t) main);
    show("a string", (uintptr_t) "read-only");
    show("a variable", (uintptr_t) &variable);
    show("a heap block", (uintptr_t) block);
    /* Not &exit: in a no-pie program that is the address of a stub of the program's own. */
    show("the C library", (uintptr_t) stdout);
    show("a local", (uintptr_t) &local);
    press_key("end");
    free(block);
    return 0;
}
