/* pinned: twenty megabytes are freed, and one small block above them is kept.

   Usage: pinned [pin | free [BLOCKS [BYTES]]]        (default pin, 1000 blocks of 20000 bytes)

       pin       the small block is taken last, and lies above the others
       free      it is taken first, and lies below them

   Checkpoints: "full", "freed" when the large ones are free, "trimmed" after malloc_trim(0).

   By hand: pinned pin, and pmap -X $(pgrep -x pinned) | grep -E 'Address|heap' at each key
        the heap stays as long as it was; with malloc_trim its pages go, and its addresses stay.

   Try: pinned pin
        -> from full to freed: heap same, memory same
        -> from freed to trimmed: memory -
        -> ends 0
   Try: pinned free
        -> from full to freed: heap -, memory - */
#include <malloc.h>
#include <string.h>

#include "../common/checkpoint.h"
#include "../common/die.h"
#include "../common/prompt.h"

enum { MOST = 10000 };

static char *blocks[MOST];
static char *volatile small;

static char *take(size_t size)
{
    char *block = malloc(size);

    if (block == NULL)
        die("malloc of %zu bytes", size);
    return memset(block, 'x', size);
}

int main(int argc, char *argv[])
{
    int pin = argc < 2 || strcmp(argv[1], "pin") == 0;

    if (argc > 4 || (!pin && strcmp(argv[1], "free") != 0))
        usage("[pin | free [BLOCKS [BYTES]]]");
    long count = argc > 2 ? number("BLOCKS", argv[2], 1, MOST) : 1000;
    long size = argc > 3 ? number("BYTES", argv[3], 1, 100000) : 20000;

    press_key("take the blocks");
    if (!pin)
        small = take(24);
    for (long i = 0; i < count; i++)
        blocks[i] = take((size_t) size);
    if (pin)
        small = take(24);
    checkpoint("full");
    press_key("free them");
    for (long i = 0; i < count; i++)
        free(blocks[i]);
    checkpoint("freed");
    press_key("trim the heap");
    malloc_trim(0);
    checkpoint("trimmed");
    press_key("end");
    free(small);
    return 0;
}
