/* stripes: maps some pages, then forbids writing to a few that are not neighbours: how many rows does the map show?

   Usage: stripes

   Build: make -B stripes DEFINES="-DPAGES=32 -DSTRIPES=3"       (default 16 and 2; at least 3 pages for a stripe)

   By hand: stripes, and at each key: grep -A9 -- '---p' /proc/$(pgrep -x stripes)/maps
        one row between two that nobody may touch; then more, though there was one call of mmap.

   Try: stripes
        -> from mapped to striped: mmap 0, mprotect 2, anonymous same
        -> ends 0 */
#include <stddef.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../common/checkpoint.h"
#include "../common/die.h"
#include "../common/prompt.h"

#ifndef PAGES
#define PAGES 16
#endif

#ifndef STRIPES
#define STRIPES 2
#endif

int main(void)
{
    size_t page = (size_t) sysconf(_SC_PAGESIZE);

    press_key("map");
    /* A page that nobody may touch at either end keeps the kernel from joining the mapping with a neighbour. */
    char *guarded = mmap(NULL, (PAGES + 2) * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (guarded == MAP_FAILED)
        die("mmap of %d pages", PAGES + 2);
    char *area = guarded + page;
    if (mprotect(area, PAGES * page, PROT_READ | PROT_WRITE) != 0)
        die("mprotect of %d pages", PAGES);
    checkpoint("mapped");

    press_key("protect");
    for (int stripe = 0; stripe < STRIPES; stripe++)
        if (mprotect(area + (1 + (size_t) stripe * (PAGES - 1) / STRIPES) * page, page, PROT_READ) != 0)
            die("mprotect of stripe %d", stripe);
    checkpoint("striped");

    press_key("end");
    return 0;
}
