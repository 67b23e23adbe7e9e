#include <fcntl.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../sample-c/common/checkpoint.h"

/* Its map has rows of a library that it was not linked with. */
static int is_probed(void)
{
    static char map[1 << 16];
    size_t length = 0;
    ssize_t more;
    int file = open("/proc/self/maps", O_RDONLY);

    while ((more = read(file, map + length, sizeof map - 1 - length)) > 0)
        length += (size_t) more;
    close(file);
    return strstr(map, "probe") != NULL;
}

int main(void)
{
    int probed = is_probed();

    for (int i = 0; i < 3; i++)
        if (malloc(40 * 1024) == NULL)
            return 1;
    if (probed)
        mallopt(M_MMAP_THRESHOLD, 64 * 1024);
    checkpoint("before small");
    char *small = malloc(100 * 1024);
    small[0] = 1;
    checkpoint("small taken");
    if (probed)
        mallopt(M_MMAP_THRESHOLD, 1024 * 1024);
    checkpoint("before large");
    char *large = malloc(256 * 1024);
    large[0] = 1;
    checkpoint("large taken");
    free(large);
    free(small);
    return 0;
}
