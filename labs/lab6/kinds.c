/* kinds: five areas of a child's memory, each with another history; for reading, not for changing.

   Usage: kinds ORDER              a permutation of abcde: which area lies where, from high addresses to low

   a  inherited   the parent wrote all of it; nobody since the fork
   b  copied      the parent wrote all of it, and the child wrote all of it again
   c  new         nobody wrote it before the fork; the child wrote all of it
   d  read        nobody ever wrote it; the child read every fourth page
   e  half        the parent wrote all of it, and the child wrote every other page again

   Checkpoint: "looked at". point_at(1) to (5) show the areas a to e.

   Try: kinds abcde
        -> mmap 5, mprotect 5, clone 1, ends 0 */
#define _GNU_SOURCE
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"
#include "../../sample-c/common/point.h"

enum { AREAS = 5, PAGES = 32 };

static char *area[AREAS];
static long page;

/* A page without access on either side, or neighbours would become one row. */
static char *lonely(void)
{
    char *memory = mmap(NULL, (size_t) ((PAGES + 2) * page), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (memory == MAP_FAILED || mprotect(memory + page, (size_t) (PAGES * page), PROT_READ | PROT_WRITE) == -1)
        die("an area of %d pages", PAGES);
    return memory + page;
}

static void write_pages(char *from, int every)
{
    for (int i = 0; i < PAGES; i += every)
        from[i * page] = 'x';
}

int main(int argc, char *argv[])
{
    volatile char sum = 0;
    int told[2], end[2];
    char byte = 0;

    if (argc != 2 || strlen(argv[1]) != AREAS || strspn(argv[1], "abcde") != AREAS)
        usage("ORDER");
    page = sysconf(_SC_PAGESIZE);
    for (int i = 0; i < AREAS; i++)
        area[argv[1][i] - 'a'] = lonely();
    for (int i = 0; i < AREAS; i++)
        if (area[i] == NULL)
            usage("ORDER");
    write_pages(area[0], 1);
    write_pages(area[1], 1);
    write_pages(area[4], 1);
    if (pipe(told) == -1 || pipe(end) == -1)
        die("pipe");

    pid_t child = fork();
    if (child == -1)
        die("fork");
    if (child == 0) {
        close(end[1]);
        write_pages(area[1], 1);
        write_pages(area[2], 1);
        for (int i = 0; i < PAGES; i += 4)
            sum = (char) (sum + area[3][i * page]);
        write_pages(area[4], 2);
        for (int i = 0; i < AREAS; i++)
            point_at(i + 1, area[i]);
        if (write(told[1], &byte, 1) != 1)
            _exit(1);
        while (read(end[0], &byte, 1) > 0)
            continue;
        _exit(0);
    }
    if (read(told[0], &byte, 1) != 1)
        die("the child");
    checkpoint("looked at");
    close(end[1]);
    waitpid(child, NULL, 0);
    return 0;
}
