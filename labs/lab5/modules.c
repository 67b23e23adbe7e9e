/* modules: five pieces of a program, each watched by the macro of delta.h. For reading, not for changing.

   Usage: modules COUNT SIZE               how many small blocks, and of how many bytes; the lab chooses them

   Build: -DPLAIN                          without delta.h: each piece is called once, between checkpoints of its name

   Checkpoint: "done", when the five have left what the macro found in tidy, hasty, large, forgetful and sloppy.

   Try: modules 40 100 with -DPLAIN
        -> from large to forgetful: anonymous +
        -> from tidy to hasty: mmap 0
        -> ends 0 */
#include <stdlib.h>
#include <string.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

#ifdef PLAIN
struct leak_delta {
    long heap;
    long mapped;
};
#define LEAK_DELTA(delta, call)                                                                                              \
    do {                                                                                                                     \
        call;                                                                                                                \
        checkpoint(#delta);                                                                                                  \
    } while (0)
#else
#include "delta.h"
#endif

enum { MOST = 1000, LARGE = 40 * 1024 * 1024, PAGE = 4096 };

struct leak_delta tidy, hasty, large, forgetful, sloppy;

static long count, size;

static void *take(size_t bytes)
{
    void *block = malloc(bytes);

    if (block == NULL)
        die("malloc of %zu bytes", bytes);
    return memset(block, 'x', bytes < PAGE ? bytes : PAGE);
}

/* Takes small blocks, and gives back all but some. */
static void some(long lost)
{
    void *blocks[MOST];

    for (long i = 0; i < count; i++)
        blocks[i] = take((size_t) size);
    for (long i = lost; i < count; i++)
        free(blocks[i]);
}

/* Takes two large blocks, and gives back all but some. */
static void big(long lost)
{
    void *blocks[2];

    for (long i = 0; i < 2; i++)
        blocks[i] = take(LARGE);
    for (long i = lost; i < 2; i++)
        free(blocks[i]);
}

int main(int argc, char *argv[])
{
    if (argc != 3)
        usage("COUNT SIZE");
    count = number("COUNT", argv[1], 4, MOST);
    size = number("SIZE", argv[2], 24, 1000);
    checkpoint("start");
    LEAK_DELTA(tidy, some(0));
    LEAK_DELTA(hasty, some(count / 4));
    LEAK_DELTA(large, big(0));
    LEAK_DELTA(forgetful, big(1));
    LEAK_DELTA(sloppy, some(1));
    checkpoint("done");
    return 0;
}
