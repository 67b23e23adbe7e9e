/* Shared memory of another kind, which needs no removal. */
#include <string.h>
#include <sys/mman.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

#define SIZE 1062507

int main(int argc, char *argv[])
{
    char *memory = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        die("mmap");
    /* Your turn. */

    memset(memory, 'x', SIZE);
    checkpoint("in use");
    if (argc > 1 && strcmp(argv[1], "die") == 0)
        abort();

    munmap(memory, SIZE);
    checkpoint("detached");
    return 0;
}
