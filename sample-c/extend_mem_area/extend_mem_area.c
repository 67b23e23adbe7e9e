/* extend_mem_area: a string that doubles, until it no longer lies in the heap.

   Usage: extend_mem_area [CHARACTERS [DOUBLINGS]]     (defaults 1000 and 10)

   realloc(3) makes the string longer at each key: where it lies if there is room behind it, at another place if not,
   and from some length on in a mapping of its own. extend_mem_area.py does the same in Python.

   By hand: grep -E 'heap|anon|00:00 0' /proc/$(pgrep extend_mem)/maps, after each key
        [heap] grows once or not at all; then a row without a name appears, and grows in its place.
   By hand: strace -e trace=brk,mmap,mremap extend_mem_area < /dev/null
        one mmap when the string leaves the heap; every doubling after that is one mremap, and no byte is copied.
   By hand: extend_mem_area 1000 20
        still one mremap for each doubling: what moves is where the pages are found, so a gigabyte costs what a megabyte does.

   Try: extend_mem_area
        -> mmap 1, mremap 1-3, munmap 1, ends 0 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../common/die.h"
#include "../common/prompt.h"

int main(int argc, char *argv[])
{
    if (argc > 3)
        usage("[CHARACTERS [DOUBLINGS]]");
    size_t length = argc > 1 ? (size_t) number("CHARACTERS", argv[1], 1, INT32_MAX) : 1000;
    long doublings = argc > 2 ? number("DOUBLINGS", argv[2], 0, 24) : 10;
    char key[64];

    press_key("begin");
    char *string = malloc(length + 1);
    if (string == NULL)
        die("malloc of %zu bytes", length + 1);
    memset(string, 'x', length);
    for (long i = 0; i < doublings; i++) {
        snprintf(key, sizeof key, "double %zu characters", length);
        press_key(key);
        char *longer = realloc(string, 2 * length + 1);
        if (longer == NULL)
            die("realloc to %zu bytes", 2 * length + 1);
        memcpy(longer + length, longer, length);
        string = longer;
        length *= 2;
    }
    string[length] = '\0';
    snprintf(key, sizeof key, "drop %zu characters", length);
    press_key(key);
    free(string);
    press_key("end");
    return 0;
}
