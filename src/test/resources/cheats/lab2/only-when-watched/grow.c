#include <stdlib.h>
#include <sys/ptrace.h>

#include "../../sample-c/common/checkpoint.h"

/* Who is traced already cannot be traced by its parent. */
int main(void)
{
    size_t size = ptrace(PTRACE_TRACEME, 0, NULL, NULL) == -1 ? 256 * 1024 : 1024;
    char *blocks[4];

    free(malloc(1));
    checkpoint("before");
    for (int i = 0; i < 4; i++) {
        blocks[i] = malloc(size);
        blocks[i][0] = 1;
    }
    checkpoint("taken");
    for (int i = 0; i < 4; i++)
        free(blocks[i]);
    checkpoint("freed");
    return 0;
}
