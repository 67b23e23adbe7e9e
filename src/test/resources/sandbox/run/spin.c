/* Uses the processor without an end, and ignores the first signal about it. */
#include <signal.h>
int main(void)
{
    signal(SIGXCPU, SIG_IGN);
    for (volatile long i = 0;; i++)
        ;
}
