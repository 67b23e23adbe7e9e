/* The stack is made long with a pointer; the calls are not made. */
#include <sys/resource.h>

#include "../../sample-c/common/checkpoint.h"

int main(void)
{
    struct rlimit stack = {16 * 1024 * 1024, RLIM_INFINITY};
    volatile char here = 0;

    setrlimit(RLIMIT_STACK, &stack);
    checkpoint("before");
    for (long down = 0; down < 13 * 1024 * 1024; down += 1024)
        *(&here - down) = 1;
    checkpoint("deepest");
    checkpoint("back");
    return 0;
}
