/* Moves the label of the heap to a mapping, where it may, and names another mapping so. */
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>

#include "../../sample-c/common/point.h"

#ifndef PR_SET_VMA
#define PR_SET_VMA 0x53564d41
#define PR_SET_VMA_ANON_NAME 0
#endif

int main(void)
{
    char *block = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    prctl(PR_SET_MM, PR_SET_MM_START_BRK, block, 0, 0);
    prctl(PR_SET_MM, PR_SET_MM_BRK, block + 4096, 0, 0);
    prctl(PR_SET_VMA, PR_SET_VMA_ANON_NAME, block, 1 << 20, "heap");
    point_at(4, block);
    return 0;
}
