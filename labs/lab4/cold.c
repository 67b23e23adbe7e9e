/* cold: how much of a file is in the page cache, before and after it was read; for reading, not for changing.

   Usage: cold FILE

   posix_fadvise(2) asks the kernel to drop the file's pages, mincore(2) counts those that are there.
   Writing to /proc/sys/vm/drop_caches would drop those of all files; it needs root, outside of a container.

   Try: cold in.dat
        -> mmap 1, ends 0 */
#define _DEFAULT_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

static void tell(const char *when, char *start, size_t length, size_t page)
{
    static unsigned char present[65536];
    size_t pages = (length + page - 1) / page, found = 0;
    char label[64];

    if (pages > sizeof present)
        fail("the file has more than %zu pages", sizeof present);
    if (mincore(start, length, present) == -1)
        die("mincore");
    for (size_t i = 0; i < pages; i++)
        found += present[i] & 1;
    snprintf(label, sizeof label, "%s: %zu of %zu pages", when, found, pages);
    checkpoint(label);
}

int main(int argc, char *argv[])
{
    struct stat status;
    volatile char sum = 0;

    if (argc != 2)
        usage("FILE");
    int file = open(argv[1], O_RDONLY);
    if (file == -1 || fstat(file, &status) == -1)
        die("open %s", argv[1]);
    size_t length = (size_t) status.st_size, page = (size_t) sysconf(_SC_PAGESIZE);

    /* What is not yet written to the disk cannot be dropped. */
    if (fsync(file) == -1)
        die("fsync %s", argv[1]);
    errno = posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    if (errno != 0)
        die("posix_fadvise %s", argv[1]);
    char *start = mmap(NULL, length, PROT_READ, MAP_SHARED, file, 0);
    if (start == MAP_FAILED)
        die("mmap %s", argv[1]);
    tell("cold", start, length, page);
    for (size_t i = 0; i < length; i += page)
        sum += start[i];
    tell("warm", start, length, page);
    return 0;
}
