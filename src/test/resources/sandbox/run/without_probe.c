/* Starts itself again before main, with a probe of its own in the place of ours. */
#include <stdlib.h>
#include <unistd.h>
__attribute__((constructor)) static void again(void)
{
    static char *argv[] = { "again", 0 };
    static char *environment[] = { "LD_PRELOAD=/proc/self/exe", "AGAIN=1", 0 };
    if (!getenv("AGAIN"))
        execve("/proc/self/exe", argv, environment);
}
int main(void)
{
    sleep(1);
    return 0;
}
