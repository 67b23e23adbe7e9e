/* touch: maps 16 MiB, then reads a byte of every page, then writes one: when does the memory come?

   Usage: touch

   Build: make -B touch DEFINES="-DAMOUNT=4194304 -DSTRIDE=2"
          AMOUNT bytes in whole pages (default 16777216), of which every STRIDE-th page is written (default 1: all)

   By hand: touch, and grep -E '^(VmSize|VmRSS|RssAnon)' /proc/$(pgrep -x touch)/status at each key
        mapping enlarges VmSize at once; reading enlarges neither; writing brings RssAnon up by all of it. Where the kernel has
        no page of zeros to share ("page of zeros" in brkmap doctor), reading does.

   Try: touch
        -> from mapped to read: mmap 0, anonymous same, memory same if zeros are shared
        -> from read to written: mmap 0, anonymous same
        -> from mapped to written: memory +16M
        -> ends 0 */
#include <stddef.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../common/checkpoint.h"
#include "../common/die.h"
#include "../common/prompt.h"

#ifndef AMOUNT
#define AMOUNT (16 * 1024 * 1024)
#endif

#ifndef STRIDE
#define STRIDE 1
#endif

int main(void)
{
    long page = sysconf(_SC_PAGESIZE);
    volatile char sink = 0;

    press_key("map");
    /* A page that nobody may touch at either end keeps the kernel from joining the mapping with a neighbour. */
    char *guarded = mmap(NULL, AMOUNT + 2 * (size_t) page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (guarded == MAP_FAILED)
        die("mmap of %d bytes", AMOUNT);
    volatile char *area = guarded + page;
    if (mprotect(guarded + page, AMOUNT, PROT_READ | PROT_WRITE) != 0)
        die("mprotect");
    /* Where huge pages are always tried, one written byte would bring 2 MiB. */
    madvise(guarded + page, AMOUNT, MADV_NOHUGEPAGE);
    checkpoint("mapped");

    press_key("read");
    for (long at = 0; at < AMOUNT; at += page)
        sink += area[at];
    checkpoint("read");

    press_key("write");
    for (long at = 0; at < AMOUNT; at += STRIDE * page)
        area[at] = sink;
    checkpoint("written");

    press_key("end");
    return 0;
}
