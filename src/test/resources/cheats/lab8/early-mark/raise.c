/* The limit is raised and the moments are marked, but nobody goes down. */
#include <sys/resource.h>

#include "../../sample-c/common/checkpoint.h"

int main(void)
{
    struct rlimit stack = {16 * 1024 * 1024, RLIM_INFINITY};

    setrlimit(RLIMIT_STACK, &stack);
    checkpoint("before");
    checkpoint("deepest");
    checkpoint("back");
    return 0;
}
