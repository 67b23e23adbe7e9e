/* silent: print nothing, wait for nothing that comes, and ignore every polite request to end, on purpose.

   Usage: silent                   (end it with kill -9)

   By hand: timeout 1 silent
        does not come back: SIGTERM is ignored. timeout -s KILL 1 silent does.

   Try: silent
        -> mmap 0, ends by the harness */
#include <signal.h>
#include <unistd.h>

#include "../common/die.h"

int main(void)
{
    static const int polite[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGALRM, SIGUSR1, SIGUSR2, SIGTSTP};

    for (size_t i = 0; i < sizeof polite / sizeof polite[0]; i++)
        if (signal(polite[i], SIG_IGN) == SIG_ERR)
            die("signal %d", polite[i]);
    for (;;)
        pause();
}
