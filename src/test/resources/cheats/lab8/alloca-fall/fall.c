/* Takes all of the stack at once, and falls off its end without a call. */
#include <alloca.h>
#include <string.h>

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
    volatile char *most = alloca(1000 * 1024);

    return most == NULL ? 0 : fall();
}
