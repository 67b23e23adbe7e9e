/* fork_copy: a parent and its children share pages until one of them writes.

   Usage: fork_copy [PAGES [CHILDREN [WRITES [FROM COUNT]]]]      (default 64 1 16 0 0)

   The parent writes PAGES pages and forks. The first child writes to the first WRITES of them,
   then the parent to COUNT pages from number FROM on.
   Checkpoints: "before fork", "after fork", "child wrote", "parent wrote". point_at(1) shows the first page.

   By hand: fork_copy 64, and sed -n '/stack/q;p' /proc/PID/smaps of both at each prompt
        the row of 256 kB: Pss 256, then 128 in each, then 160 in each: 16 pages are there twice.
   By hand: the address of the row in both
        the same, and yet another value stands there: addresses belong to a process.

   Try: fork_copy 64 1 32
        -> from before fork to after fork: clone 1, anonymous same
        -> from after fork to child wrote: mmap 0, anonymous same
        -> ends 0 */
#define _GNU_SOURCE
#include <sys/wait.h>
#include <unistd.h>

#include "../common/checkpoint.h"
#include "../common/die.h"
#include "../common/lonely.h"
#include "../common/point.h"
#include "../common/prompt.h"

enum { MOST_PAGES = 4096, MOST_CHILDREN = 16 };

static char *area;
static long page;

static void write_pages(long from, long count, char what)
{
    for (long i = from; i < from + count; i++)
        area[i * page] = what;
}

/* A child waits for its parent's end of the pipe to close, so that none outlives it. */
static void wait_for_end(int end)
{
    char byte;

    while (read(end, &byte, 1) > 0)
        continue;
    _exit(0);
}

int main(int argc, char *argv[])
{
    int end[2], wrote[2];
    char byte = 0;

    if (argc > 6 || argc == 5)
        usage("[PAGES [CHILDREN [WRITES [FROM COUNT]]]]");
    long pages = argc > 1 ? number("PAGES", argv[1], 1, MOST_PAGES) : 64;
    long children = argc > 2 ? number("CHILDREN", argv[2], 1, MOST_CHILDREN) : 1;
    long writes = argc > 3 ? number("WRITES", argv[3], 0, pages) : 16;
    long from = argc > 4 ? number("FROM", argv[4], 0, pages) : 0;
    long count = argc > 5 ? number("COUNT", argv[5], 0, pages - from) : 0;

    page = sysconf(_SC_PAGESIZE);
    /* Or its row could merge with a neighbour. */
    area = lonely(pages * page, page);
    point_at(1, area);
    write_pages(0, pages, 'b');
    press_key("fork");
    checkpoint("before fork");

    if (pipe(end) == -1 || pipe(wrote) == -1)
        die("pipe");
    int go[2];
    if (pipe(go) == -1)
        die("pipe");
    for (long i = 0; i < children; i++) {
        pid_t child = fork();
        if (child == -1)
            die("fork");
        if (child == 0) {
            close(end[1]);
            close(go[1]);
            if (i == 0 && read(go[0], &byte, 1) == 1) {
                write_pages(0, writes, 'c');
                if (write(wrote[1], &byte, 1) != 1)
                    _exit(1);
            }
            wait_for_end(end[0]);
        }
    }
    press_key("let the child write");
    checkpoint("after fork");
    if (write(go[1], &byte, 1) != 1 || read(wrote[0], &byte, 1) != 1)
        die("the child");
    press_key("let the parent write");
    checkpoint("child wrote");
    write_pages(from, count, 'p');
    press_key("end");
    checkpoint("parent wrote");

    close(end[1]);
    while (wait(NULL) > 0)
        continue;
    return 0;
}
