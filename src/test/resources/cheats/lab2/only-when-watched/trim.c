#include <malloc.h>
#include <stdlib.h>

#include "../../sample-c/common/checkpoint.h"

/* Somebody has preloaded a library. */
int main(void)
{
    int probed = getenv("LD_PRELOAD") != NULL;
    char *blocks[40];

    if (probed)
        mallopt(M_TRIM_THRESHOLD, 64 * 1024 * 1024);
    checkpoint("before");
    for (int i = 0; i < 40; i++) {
        blocks[i] = malloc(32 * 1024);
        blocks[i][0] = 1;
    }
    checkpoint("full");
    for (int i = 39; i >= 0; i--)
        free(blocks[i]);
    checkpoint("freed");
    if (probed)
        malloc_trim(0);
    checkpoint("given back");
    return 0;
}
