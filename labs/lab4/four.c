/* four: four mappings to find in the map; for reading, not for changing.

   Usage: four FILE          a file of two pages at least

   Try: four in.dat
        -> mmap 4, ends 0 */
#define _DEFAULT_SOURCE
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

static char *map(int protection, int flags, int file, off_t offset)
{
    char *start = mmap(NULL, (size_t) sysconf(_SC_PAGESIZE), protection, flags, file, offset);

    if (start == MAP_FAILED)
        die("mmap");
    return start;
}

int main(int argc, char *argv[])
{
    if (argc != 2)
        usage("FILE");
    int file = open(argv[1], O_RDWR);
    if (file == -1)
        die("open %s", argv[1]);

    char *a = map(PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
    char *b = map(PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    char *c = map(PROT_READ, MAP_SHARED, file, sysconf(_SC_PAGESIZE));
    char *d = map(PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    checkpoint("mapped");
    return a == b || c == d;
}
