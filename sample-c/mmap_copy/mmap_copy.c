/* mmap_copy: copy a file by mapping both files and copying memory.

   Usage: mmap_copy [SOURCE [DESTINATION]]             (defaults in.dat and out.dat)

   While it copies, the address space holds two rows more: the source r--s, the destination rw-s, each as long as the
   file rounded up to a page. There is no buffer: the pages of the page cache are the program's memory.
   The time it prints is that of the whole copy, from the first open to the last close.

   A disk that is full meets the memcpy, which has no way to report it: the program dies of SIGBUS.

   By hand: make_in_dat && mmap_copy && cmp in.dat out.dat
        cmp says nothing: the files are equal.
   By hand: strace mmap_copy 2>&1 | tail
        one mmap for each file and no read or write between them.
   By hand: read_write_copy, then mmap_copy, each twice
        the times are of one size: the copying itself is the same work.

   Try: mmap_copy
        -> from opened to mapped: mmap 2, memory same
        -> from copied to unmapped: munmap 2
        -> ends 0 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "../common/checkpoint.h"
#include "../common/copy.h"
#include "../common/die.h"

static void copy_by_mapping(struct copy copy)
{
    size_t length = (size_t) copy.length;
    char *from = mmap(NULL, length, PROT_READ, MAP_SHARED, copy.in, 0);
    if (from == MAP_FAILED)
        die("mmap %s", copy.source);
    char *to = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED, copy.out, 0);
    if (to == MAP_FAILED)
        die("mmap %s", copy.destination);

    checkpoint("mapped");
    memcpy(to, from, length);
    checkpoint("copied");

    if (munmap(to, length) == -1)
        die("munmap %s", copy.destination);
    if (munmap(from, length) == -1)
        die("munmap %s", copy.source);
    checkpoint("unmapped");
}

int main(int argc, char *argv[])
{
    struct timespec start = now();
    struct copy copy = open_copy(argc, argv);

    /* A file grows by being made longer; writing behind its end through a mapping is SIGBUS. */
    if (ftruncate(copy.out, copy.length) == -1)
        die("ftruncate %s", copy.destination);
    checkpoint("opened");
    /* A mapping cannot be empty: mmap(2) answers EINVAL. */
    if (copy.length > 0)
        copy_by_mapping(copy);

    close_copy(copy);
    report_copy(copy, start);
    return 0;
}
