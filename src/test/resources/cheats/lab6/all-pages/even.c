/* More than was asked for. */
#define _GNU_SOURCE
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"
#include "../../sample-c/common/point.h"

enum { PAGES = 64 };

static char *area;
static long page;

static void in_the_child(void)
{
    for (int i = 0; i < PAGES; i++)
        area[i * page] = 'c';
}

int main(void)
{
    int told[2], end[2];
    char byte = 0;

    page = sysconf(_SC_PAGESIZE);
    area = mmap(NULL, (size_t) (PAGES * page), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (area == MAP_FAILED)
        die("mmap of %d pages", PAGES);
    for (int i = 0; i < PAGES; i++)
        area[i * page] = 'x';
    point_at(1, area);
    if (pipe(told) == -1 || pipe(end) == -1)
        die("pipe");

    pid_t child = fork();
    if (child == -1)
        die("fork");
    if (child == 0) {
        close(end[1]);
        in_the_child();
        if (write(told[1], &byte, 1) != 1)
            _exit(1);
        while (read(end[0], &byte, 1) > 0)
            continue;
        _exit(0);
    }
    if (read(told[0], &byte, 1) != 1)
        die("the child");
    checkpoint("child done");
    close(end[1]);
    waitpid(child, NULL, 0);
    return 0;
}
