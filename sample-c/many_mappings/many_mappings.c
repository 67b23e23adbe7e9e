/* many_mappings: an address space of many rows, and nothing else.

   Usage: many_mappings [COUNT [CHECKPOINTS]]        (default 60000, and none)

   It maps COUNT single pages, side by side, with and without the right to write in turn: neighbours that differ cannot
   merge, so each is a row of its own. It touches none of them. Then it waits for a key, and passes so many checkpoints.

   The kernel allows 65530 mappings a process unless /proc/sys/vm/max_map_count says otherwise.

   By hand: many_mappings 1000 and, at the prompt, wc -l /proc/PID/maps
        a little more than 1000 rows, 4 MB of address space, and nearly nothing resident.
   By hand: time ./brkmap observe -- many_mappings 10 1000, then with 2000
        the difference is what a thousand checkpoints cost.

   Try: many_mappings 100
        -> mmap 1, mprotect 50, memory +, ends 0 */
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../common/checkpoint.h"
#include "../common/die.h"
#include "../common/prompt.h"

int main(int argc, char *argv[])
{
    long count = 60000, checkpoints = 0;
    long page = sysconf(_SC_PAGESIZE);

    if (argc > 3)
        usage("[COUNT [CHECKPOINTS]]");
    if (argc > 1)
        count = number("COUNT", argv[1], 1, 10000000);
    if (argc > 2)
        checkpoints = number("CHECKPOINTS", argv[2], 0, 1000000);

    /* One reservation, or the pieces would lie wherever there is a gap. */
    char *start = mmap(NULL, (size_t) (count * page), PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED)
        die("mmap of %ld pages", count);
    for (long i = 1; i < count; i += 2)
        if (mprotect(start + i * page, (size_t) page, PROT_READ | PROT_WRITE) == -1)
            die("mprotect of page %ld", i);
    press_key("end");
    for (long i = 0; i < checkpoints; i++)
        checkpoint("one more");
    return EXIT_SUCCESS;
}
