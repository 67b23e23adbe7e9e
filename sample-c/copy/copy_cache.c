/* copy_cache: how much of a file is in the page cache; or put it out of there.

   Usage: copy_cache FILE                    prints "resident N of M pages"
          copy_cache -e FILE                 first writes it to the disk and asks the kernel to drop its pages

   mincore(2) tells the pages, without reading them; it needs the right to write the file, or to own it.
   posix_fadvise(2) with POSIX_FADV_DONTNEED is advice: pages that are dirty, mapped or being read stay. That is why the
   answer is printed, and not taken for granted. It needs no privilege, unlike /proc/sys/vm/drop_caches, which empties the
   caches of everybody, and which containers may not write.

   By hand: cat in.dat > /dev/null; copy_cache in.dat; copy_cache -e in.dat
        all pages are resident, then none.

   Try: copy_cache in.dat
        -> mmap 1, munmap 1, ends 0 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../common/die.h"

static void evict(int file, const char *name)
{
    if (fsync(file) == -1)
        die("fsync %s", name);
    errno = posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    if (errno != 0)
        die("posix_fadvise %s", name);
}

static size_t resident(int file, const char *name, size_t length, size_t pages)
{
    unsigned char *state = malloc(pages);
    size_t count = 0;
    void *mapping = mmap(NULL, length, PROT_READ, MAP_SHARED, file, 0);

    if (mapping == MAP_FAILED)
        die("mmap %s", name);
    if (state == NULL)
        die("malloc %zu", pages);
    if (mincore(mapping, length, state) == -1)
        die("mincore %s", name);
    for (size_t i = 0; i < pages; i++)
        count += state[i] & 1;
    munmap(mapping, length);
    free(state);
    return count;
}

int main(int argc, char *argv[])
{
    int first = argc > 1 && strcmp(argv[1], "-e") == 0 ? 2 : 1;
    struct stat status;

    if (argc != first + 1)
        usage("[-e] FILE");
    int file = open(argv[first], O_RDONLY);
    if (file == -1)
        die("open %s", argv[first]);
    if (first == 2)
        evict(file, argv[first]);
    if (fstat(file, &status) == -1)
        die("fstat %s", argv[first]);

    size_t page = (size_t) sysconf(_SC_PAGESIZE);
    size_t length = (size_t) status.st_size;
    size_t pages = (length + page - 1) / page;
    printf("resident %zu of %zu pages\n", pages == 0 ? 0 : resident(file, argv[first], length, pages), pages);
    return 0;
}
