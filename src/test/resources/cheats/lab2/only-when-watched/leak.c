#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../sample-c/common/checkpoint.h"

/* The kernel says who traces it. */
static int is_traced(void)
{
    char status[4096] = "";
    int file = open("/proc/self/status", O_RDONLY);
    ssize_t length = read(file, status, sizeof status - 1);
    char *line = length > 0 ? strstr(status, "TracerPid:") : NULL;

    close(file);
    return line != NULL && atoi(line + strlen("TracerPid:")) != 0;
}

int main(void)
{
    char *blocks[20];

    checkpoint("before");
    for (int i = 0; i < 20; i++) {
        size_t size = i % 2 == 0 ? 3000 : 200000;
        blocks[i] = malloc(size);
        memset(blocks[i], 'x', size);
    }
    checkpoint("used");
    for (int i = 0; i < 20; i++)
        if (is_traced())
            free(blocks[i]);
    checkpoint("freed");
    return 0;
}
