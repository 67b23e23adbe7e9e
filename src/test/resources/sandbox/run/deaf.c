/* Sleeps, and ignores every signal that can be ignored. */
#include <signal.h>
#include <unistd.h>
int main(void)
{
    for (int sig = 1; sig < NSIG; sig++)
        signal(sig, SIG_IGN);
    for (;;)
        sleep(1000);
}
