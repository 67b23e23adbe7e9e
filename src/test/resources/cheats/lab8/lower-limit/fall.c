/* A real overflow, but at a limit of its own. */
#include <string.h>
#include <sys/resource.h>

static volatile int deeper = 1;

static int fall(void)
{
    char frame[1024];

    memset(frame, 1, sizeof frame);
    int below = deeper ? fall() : 0;
    return below + frame[0];
}

int main(void)
{
    struct rlimit stack = {512 * 1024, 1024 * 1024};

    setrlimit(RLIMIT_STACK, &stack);
    return fall();
}
