/* fork: start children that only wait, until there are COUNT of them or the kernel refuses: a tame fork bomb, on purpose.

   Usage: fork [COUNT]             (default 20; 0 = until refused; end them all with Ctrl-C)

   By hand: fork 5, and pstree -p $(pgrep -ox fork) beside it
        one parent and five children, all asleep.
   By hand: bash -c "ulimit -u 200 && exec fork 0"       (not as root, whom that limit spares)
        refused with EAGAIN before it has 200.

   Try: fork 3
        -> clone 3-9, ends by the harness */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../common/die.h"

static void wait_for_a_signal(void)
{
    for (;;)
        pause();
}

int main(int argc, char *argv[])
{
    long count = 0;

    if (argc > 2)
        usage("[COUNT]");
    long wanted = argc > 1 ? number("COUNT", argv[1], 0, 1000000) : 20;

    while (wanted == 0 || count < wanted) {
        pid_t child = fork();
        if (child == -1) {
            fprintf(stderr, "fork: refused after %ld children: %s: %s\n", count, error_name(errno), strerror(errno));
            break;
        }
        if (child == 0)
            wait_for_a_signal();
        count++;
    }
    if (printf("%ld children\n", count) < 0 || fflush(stdout) == EOF)
        die("write to standard output");
    while (wait(NULL) > 0)
        continue;
    return 0;
}
