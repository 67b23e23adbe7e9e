/* malloc_says: what malloc tells of itself, beside what the kernel sees of it.

   Usage: malloc_says [stats | info]

       stats     print malloc_stats(3) at each checkpoint, to standard error
       info      print malloc_info(3) at the end, as XML, to standard output

   Checkpoints: "taken", "some freed", "all freed". What mallinfo2(3) says at each stands in the variables taken, some and all.

   Try: malloc_says
        -> from taken to some freed: heap same, anonymous -
        -> ends 0 */
#include <malloc.h>
#include <string.h>

#include "../common/checkpoint.h"
#include "../common/die.h"

enum { BLOCKS = 200, SMALL = 3000, LARGE = 500000 };

struct mallinfo2 taken, some, all;

static char *blocks[BLOCKS], *large[2];

static char *take(size_t size)
{
    char *block = malloc(size);

    if (block == NULL)
        die("malloc of %zu bytes", size);
    return memset(block, 'x', size);
}

static struct mallinfo2 look(const char *label, int print)
{
    struct mallinfo2 now = mallinfo2();

    checkpoint(label);
    if (print) {
        fprintf(stderr, "%s:\n", label);
        malloc_stats();
    }
    return now;
}

int main(int argc, char *argv[])
{
    int stats = argc == 2 && strcmp(argv[1], "stats") == 0, info = argc == 2 && strcmp(argv[1], "info") == 0;

    if (argc > 2 || (argc == 2 && !stats && !info))
        usage("[stats | info]");
    for (int i = 0; i < 2; i++)
        large[i] = take(LARGE);
    for (int i = 0; i < BLOCKS; i++)
        blocks[i] = take(SMALL);
    taken = look("taken", stats);

    free(large[0]);
    for (int i = 0; i < BLOCKS; i += 2)
        free(blocks[i]);
    some = look("some freed", stats);
    if (info && malloc_info(0, stdout) == -1)
        die("malloc_info");

    free(large[1]);
    for (int i = 1; i < BLOCKS; i += 2)
        free(blocks[i]);
    all = look("all freed", stats);
    checkpoint("told");
    return 0;
}
