/* Writes past the permissions, through the process's own memory as a file. */
#include <fcntl.h>
#include <stdint.h>
#include <unistd.h>

#include "../../sample-c/common/checkpoint.h"

static int answer(void)
{
    return 42;
}

int main(void)
{
    int memory = open("/proc/self/mem", O_RDWR);

    checkpoint("before");
    if (pwrite(memory, (void *) (uintptr_t) answer, 1, (off_t) (uintptr_t) answer) != 1)
        return 1;
    checkpoint("written");
    return 0;
}
