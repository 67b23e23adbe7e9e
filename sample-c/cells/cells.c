/* cells: four kinds of mapping, and who sees what is written to them.

   Usage: cells

   A page each of MAP_PRIVATE and MAP_SHARED, anonymous and of a file; before the fork each begins with 'b'.
   The child writes 'c' to all four, then the parent writes 'p'. A fifth mapping shows the file as everybody sees it.
   Checkpoints: "before", "child wrote", "parent wrote". point_at(1) to (4) show the four, (5) and (6) the file's two pages.

   By hand: cells, and grep -B1 -A1 cells- /proc/$(pgrep -o cells)/maps
        s in the permissions is shared, p is private.

   Try: cells
        -> from before to child wrote: clone 1, mmap 0, shared memory same
        -> ends 0 */
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../common/checkpoint.h"
#include "../common/die.h"
#include "../common/point.h"
#include "../common/prompt.h"

enum { CELLS = 4 };

static char *cell[CELLS];

static void write_all(char what)
{
    for (int i = 0; i < CELLS; i++)
        cell[i][0] = what;
}

static char *map(long length, int access, int flags, int file, long offset)
{
    char *memory = mmap(NULL, (size_t) length, access, flags, file, offset);

    if (memory == MAP_FAILED)
        die("mmap of %ld bytes", length);
    return memory;
}

/* A file that has no name any more: it is gone when nobody has it open or mapped. */
static int nameless_file(long length)
{
    char path[] = "/tmp/cells-XXXXXX";
    int file = mkstemp(path);

    if (file == -1)
        die("mkstemp %s", path);
    if (unlink(path) == -1)
        die("unlink %s", path);
    if (ftruncate(file, length) == -1)
        die("ftruncate to %ld bytes", length);
    return file;
}

int main(void)
{
    int both = PROT_READ | PROT_WRITE, told[2], end[2];
    long page = sysconf(_SC_PAGESIZE);
    int file = nameless_file(2 * page);
    char byte = 'b';

    if (pwrite(file, &byte, 1, 0) != 1 || pwrite(file, &byte, 1, page) != 1)
        die("write to the file");
    cell[0] = map(page, both, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    cell[1] = map(page, both, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    cell[2] = map(page, both, MAP_PRIVATE, file, 0);
    cell[3] = map(page, both, MAP_SHARED, file, page);
    char *seen = map(2 * page, PROT_READ, MAP_SHARED, file, 0);
    write_all(byte);
    for (int i = 0; i < CELLS; i++)
        point_at(i + 1, cell[i]);
    point_at(5, seen);
    point_at(6, seen + page);
    press_key("let the child write");
    checkpoint("before");

    if (pipe(told) == -1 || pipe(end) == -1)
        die("pipe");
    pid_t child = fork();
    if (child == -1)
        die("fork");
    if (child == 0) {
        close(end[1]);
        write_all('c');
        if (write(told[1], &byte, 1) != 1)
            _exit(1);
        while (read(end[0], &byte, 1) > 0)
            continue;
        _exit(0);
    }
    if (read(told[0], &byte, 1) != 1)
        die("the child");
    press_key("let the parent write");
    checkpoint("child wrote");
    write_all('p');
    press_key("end");
    checkpoint("parent wrote");

    close(end[1]);
    waitpid(child, NULL, 0);
    return 0;
}
