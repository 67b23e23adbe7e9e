/* Goes down on a thread's stack instead, which is as long as one likes. */
#define _GNU_SOURCE
#include <string.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

enum { LENGTH = 16 * 1024 * 1024 };

static int go_down(int depth)
{
    char frame[1024];
    int below = 0;

    memset(frame, 1, sizeof frame);
    if (depth > 0)
        below = go_down(depth - 1);
    else
        checkpoint("deepest");
    return below + frame[0];
}

static int run(void *unused)
{
    (void) unused;
    return go_down(12 * 1024) == 0;
}

int main(void)
{
    checkpoint("before");
    char *memory = mmap(NULL, LENGTH, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
    if (memory == MAP_FAILED || clone(run, memory + LENGTH, CLONE_VM | CLONE_VFORK | SIGCHLD, NULL) == -1)
        die("another stack");
    wait(NULL);
    checkpoint("back");
    return 0;
}
