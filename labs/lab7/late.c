/* late: a process that does not stand still at once when it is told to; for reading, not for changing.

   Usage: late

   It calls vfork(2): until its child has ended the kernel holds it, and stopping must wait.
   The child shares its memory. When it sees that the parent was told to stop, it takes its time, then writes to a block of
   the parent's heap, and ends. Only now the parent stands still.
   Whoever reads the block before that sees what stood there before.

   Try: late
        -> ends 0 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "../../sample-c/common/die.h"
#include "target.h"

enum { SIZE = 64 * 1024, SIGSTOP_OR_SIGCONT = 3 << 17 };

static char status[64];
static char text[4096];

/* A number behind a field of the status file, or 0. */
static unsigned long field(const char *name, int base)
{
    char *at = strstr(text, name);

    return at == NULL ? 0 : strtoul(at + strlen(name), NULL, base);
}

/* Whether somebody has told the process to stop, or has come to trace it. */
static int told(void)
{
    int in = open(status, O_RDONLY);
    ssize_t length = in == -1 ? -1 : read(in, text, sizeof text - 1);

    close(in);
    if (length <= 0)
        _exit(1);
    text[length] = '\0';
    return ((field("ShdPnd:", 16) | field("SigPnd:", 16)) & SIGSTOP_OR_SIGCONT) != 0 || field("TracerPid:", 10) != 0;
}

static void nap(long milliseconds)
{
    struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};

    nanosleep(&time, NULL);
}

static void child(char *block)
{
    while (strstr(text, "\nState:\tD") == NULL)
        told();
    checkpoint("ready");
    if (write(STDOUT_FILENO, "ready\n", 6) != 6)
        _exit(1);
    while (!told())
        nap(1);
    /* Longer than those wait who only wait a while. */
    nap(1100);
    memset(block, 'b', SIZE);
    _exit(0);
}

int main(void)
{
    char *block = sbrk(SIZE);
    char key;
    sigset_t asked;

    if (block == (void *) -1)
        die("sbrk");
    memset(block, 'a', SIZE);
    prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY, 0, 0, 0);
    snprintf(status, sizeof status, "/proc/%d/status", getpid());
    /* Or one that is sent in vain would not be seen as pending. It lets a process go on all the same. */
    sigemptyset(&asked);
    sigaddset(&asked, SIGCONT);
    sigprocmask(SIG_BLOCK, &asked, NULL);

    pid_t pid = vfork();
    if (pid == -1)
        die("vfork");
    if (pid == 0)
        child(block);
    waitpid(pid, NULL, 0);
    checkpoint("late");
    return read(STDIN_FILENO, &key, 1) == -1;
}
